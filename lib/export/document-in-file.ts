import { strFromU8, unzipSync } from 'fflate';
import { isRecord } from '@/lib/base/json';
import { DOCUMENT_KEY } from './embed-document';
import { isOnnx, readOnnxMetadata } from './onnx/onnx-proto';
import { isPng, readPngText } from './png-text';
import { readSafetensorsHeader } from './safetensors/read-safetensors';

/** What a file turned out to hold: a document or a clip as JSON, not yet checked, or why nothing can be opened. */
export type FileContent = { document: unknown } | { clip: string } | { problem: string };

const OURS =
  'a document (.json), a model exported from Netloom (.keras, .onnx, .safetensors, TensorFlow.js, PyTorch, web page), or a picture of a graph (.png)';

/**
 * The document in a file that was saved or exported from Netloom. Never throws; `problem` says what was expected, what
 * came, and what to do.
 */
export function documentInFile(name: string, bytes: Uint8Array): FileContent {
  if (isPng(bytes)) {
    const text = readPngText(bytes, DOCUMENT_KEY);
    return text === null
      ? without(name, 'picture', 'Only pictures that were saved with “Download as picture” hold one.')
      : fromText(name, text);
  }
  const metadata = safetensorsMetadata(bytes);
  if (metadata) return fromMetadata(name, 'safetensors file', metadata[DOCUMENT_KEY]);
  if (isOnnx(bytes)) return fromMetadata(name, 'ONNX file', readOnnxMetadata(bytes, DOCUMENT_KEY));
  if (strFromU8(bytes.subarray(0, 2), true) === 'PK') return fromArchive(name, bytes);
  const text = strFromU8(bytes);
  if (/^\s*<(!doctype|html)/i.test(text)) return fromPage(name, text);
  if (/^\s*[[{]/.test(text)) return fromText(name, text);
  return { problem: `${name} cannot be opened here: expected ${OURS}.` };
}

/** Null where the bytes are no safetensors file, or one that is broken off. */
function safetensorsMetadata(bytes: Uint8Array): Record<string, unknown> | null {
  // The header is a JSON object behind its length.
  if (bytes[8] !== '{'.charCodeAt(0)) return null;
  try {
    return readSafetensorsHeader(bytes, bytes.length).metadata;
  } catch {
    return null;
  }
}

function fromArchive(name: string, bytes: Uint8Array): FileContent {
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(bytes, { filter: (member) => /^(metadata|model)\.json$/.test(member.name) });
  } catch {
    return {
      problem: `${name} is damaged: it begins as a ZIP archive, but cannot be read to its end. Export it again.`,
    };
  }
  for (const member of Object.values(members)) {
    const value = parsed(strFromU8(member));
    const document = isRecord(value) ? embeddedIn(value) : undefined;
    if (document !== undefined) return { document };
  }
  const what = members['metadata.json'] || members['model.json'] ? 'model' : 'archive';
  return without(name, what, ELSEWHERE);
}

const ELSEWHERE = 'Models made elsewhere hold weights and layers, but no training graph: build it here from nodes.';

function fromMetadata(name: string, what: string, text: unknown): FileContent {
  return typeof text === 'string' ? fromText(name, text) : without(name, what, ELSEWHERE);
}

function fromPage(name: string, text: string): FileContent {
  const script = new RegExp(`<script type="application/json" id="${DOCUMENT_KEY}">([^<]*)</script>`).exec(text)?.[1];
  const document = script === undefined ? undefined : parsed(script);
  return document === undefined
    ? without(name, 'web page', 'Only pages that were exported from Netloom hold one.')
    : { document };
}

function fromText(name: string, text: string): FileContent {
  const value = parsed(text);
  if (value === undefined) return { problem: `${name} is not JSON, or was cut off. Save or export it again.` };
  if (!isRecord(value)) return { problem: `${name} is JSON, but no document: expected ${OURS}.` };
  if (value.netloom === 'clip/1') return { clip: text };
  const document = embeddedIn(value) ?? value;
  if (!isRecord(document) || !isRecord(document.graph))
    return { problem: `${name} is JSON, but no document: it has no graph. Expected ${OURS}.` };
  return { document };
}

/** In `metadata.json` of Keras, in `model.json` of TensorFlow.js or beside a PyTorch module. */
function embeddedIn(value: Record<string, unknown>): unknown {
  const { userDefinedMetadata: more } = value;
  return value[DOCUMENT_KEY] ?? (isRecord(more) ? more[DOCUMENT_KEY] : undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const without = (name: string, what: string, advice: string): FileContent => ({
  problem: `There is no document in the ${what} ${name}. ${advice}`,
});
