import { strToU8, zipSync } from 'fflate';
import { DOCUMENT_KEY } from '../embed-document';
import type { Exporter } from '../exporter';
import { makeKerasGraph } from '../keras-graph';
import { modelCard } from '../model-card';
import { tfjsProblems } from './tfjs-limits';
import { makeTfjsModel } from './tfjs-topology';

/** Browsers cache pieces of this size well. */
const SHARD = 4 * 1024 * 1024;

/** A ZIP with `model.json` and its weights for `tf.loadLayersModel`. */
export const exporter: Exporter = {
  format: 'tfjs',
  title: 'TensorFlow.js',
  summary: 'tf.loadLayersModel opens the model.json inside in a browser or in Node.',
  extension: '.tfjs.zip',
  mime: 'application/zip',
  async export(input) {
    const made = makeKerasGraph(input);
    if ('diagnostics' in made) return made;
    const diagnostics = tfjsProblems(made.graph);
    if (diagnostics.length > 0) return { diagnostics };
    const { topology, specs, data } = makeTfjsModel(made.graph, input.weights);
    const count = Math.max(1, Math.ceil(data.length / SHARD));
    const shards = Array.from({ length: count }, (_, at) => ({
      name: `group1-shard${at + 1}of${count}.bin`,
      bytes: data.subarray(at * SHARD, (at + 1) * SHARD),
    }));
    const model = {
      format: 'layers-model',
      generatedBy: 'Netloom',
      convertedBy: null,
      userDefinedMetadata: { [DOCUMENT_KEY]: input.document },
      modelTopology: topology,
      weightsManifest: [{ paths: shards.map((shard) => shard.name), weights: specs }],
    };
    return {
      bytes: zipSync(
        {
          'model.json': strToU8(JSON.stringify(model)),
          ...Object.fromEntries(shards.map((shard) => [shard.name, shard.bytes])),
          'README.txt': strToU8(`${modelCard(input, made.graph).join('\n')}\n`),
        },
        { level: 6, mtime: input.savedAt },
      ),
    };
  },
};
