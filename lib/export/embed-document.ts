/**
 * Under this name files that we write carry the document they come from: `metadata.json` of Keras, the user's metadata
 * of TensorFlow.js, `model.json` beside a PyTorch module, the metadata of ONNX and of safetensors, a script element of a
 * page, a text of a picture. `documentInFile` finds it again.
 */
export const DOCUMENT_KEY = 'netloom-document';
