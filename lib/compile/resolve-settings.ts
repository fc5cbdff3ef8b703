import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { evaluateParam } from '@/lib/graph/expression';
import type { Values } from './resolve-params';

const MOST = 1_000_000;
const DEFAULT_BATCH = 64;

/** Sizes of the symbols: the batch, and the lengths of time that the document names. */
export function resolveSettings(
  document: Document,
  values: Values,
  batch?: number,
): { symbols: Record<string, number>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const size = (name: string, given: Document['settings']['batch'], fallback: number): number => {
    const evaluated = evaluateParam(given, values);
    const value = 'value' in evaluated ? evaluated.value : null;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST) return value;
    const settings =
      name === 'batch'
        ? { ...document.settings, batch: fallback }
        : { ...document.settings, lengths: { ...document.settings.lengths, [name]: fallback } };
    diagnostics.push({
      code: 'problem' in evaluated ? 'expression' : 'param-range',
      severity: 'error',
      message:
        'problem' in evaluated
          ? `The size of ${name} cannot be computed: ${evaluated.problem}`
          : `The size of ${name} must be a whole number from 1 to ${MOST.toLocaleString('en-US')}, not ${JSON.stringify(value)}.`,
      at: { param: name },
      expected: `a whole number from 1 to ${MOST}`,
      received: JSON.stringify(given),
      fix: { title: `Set ${name} to ${fallback}`, command: { do: 'set-document', set: { settings } } },
    });
    return fallback;
  };
  const symbols: Record<string, number> = { batch: size('batch', batch ?? document.settings.batch, DEFAULT_BATCH) };
  for (const [name, length] of Object.entries(document.settings.lengths)) {
    if (name !== 'batch' && name !== 'examples') symbols[name] = size(name, length, 32);
  }
  return { symbols, diagnostics };
}
