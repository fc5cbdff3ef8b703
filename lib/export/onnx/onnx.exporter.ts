import { DOCUMENT_KEY } from '../embed-document';
import type { Exporter } from '../exporter';
import { modelCard } from '../model-card';
import { makeOnnxModel } from './onnx-model';
import { writeOnnx } from './onnx-proto';

/**
 * An ONNX file (opset 17) for inference. Inputs and outputs are the arrays that the document has, channels last; inside,
 * pictures are channels first, as ONNX' operators want them.
 */
export const exporter: Exporter = {
  format: 'onnx',
  title: 'ONNX',
  summary: 'ONNX Runtime and many other runtimes run it, on servers, phones and in browsers.',
  extension: '.onnx',
  mime: 'application/octet-stream',
  async export(input) {
    const made = makeOnnxModel(input);
    if ('diagnostics' in made) return made;
    const metadata = { [DOCUMENT_KEY]: JSON.stringify(input.document) };
    return { bytes: writeOnnx({ ...made.model, text: modelCard(input, made).join('\n'), metadata }) };
  },
};
