import { strToU8, zipSync } from 'fflate';
import { DOCUMENT_KEY } from '../embed-document';
import type { Exporter } from '../exporter';
import { makeKerasGraph } from '../keras-graph';
import { kerasConfig } from './keras-config';
import { writeWeightsH5 } from './weights-h5';

/** The version whose form is written; it loads in Keras 3.3 and later. */
const KERAS_VERSION = '3.5.0';

/** The native file of Keras 3: a ZIP of exactly three members. Inputs are as trained: pictures float32 in [0, 1]. */
export const exporter: Exporter = {
  format: 'keras',
  title: 'Keras',
  summary: 'keras.models.load_model opens it in Python, with TensorFlow, PyTorch or JAX.',
  extension: '.keras',
  mime: 'application/zip',
  async export(input) {
    const made = makeKerasGraph(input);
    if ('diagnostics' in made) return made;
    const { graph } = made;
    const saved = input.savedAt.toISOString();
    const metadata = {
      keras_version: KERAS_VERSION,
      date_saved: `${saved.slice(0, 10)}@${saved.slice(11, 19)}`,
      [DOCUMENT_KEY]: input.document,
    };
    const bytes = zipSync(
      {
        'metadata.json': strToU8(JSON.stringify(metadata)),
        'config.json': strToU8(JSON.stringify(kerasConfig(graph))),
        'model.weights.h5': await writeWeightsH5(graph, input.weights),
      },
      { level: 0, mtime: zipTime(input.savedAt) },
    );
    return { bytes };
  },
};

/** ZIP knows the years 1980 to 2099. */
const zipTime = (date: Date): Date => new Date(Math.max(date.getTime(), Date.UTC(1980, 0, 2)));
