import type { Json } from '@/lib/base/json';
import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import type { Document, Param, Params } from '@/lib/graph/document';
import { evaluateParam } from '@/lib/graph/expression';
import type { CompileContext, Passed } from './context';

export type Values = Record<string, Json>;

/** Values of the document's params: defaults, then the preset's, then `set`. A value out of range falls back. */
export function resolveDocumentParams(
  document: Document,
  { preset, set = {} }: Pick<CompileContext, 'preset' | 'set'>,
): Passed<{ values: Values }> {
  const diagnostics: Diagnostic[] = [];
  const chosen = preset !== undefined && Object.hasOwn(document.presets, preset) ? document.presets[preset] : undefined;
  // Every document has a quick run, even where it says nothing about it.
  if (preset !== undefined && chosen === undefined && preset !== 'quick') {
    diagnostics.push({
      code: 'param-range',
      severity: 'error',
      message: `This document has no preset ${preset}. Choose one of: ${Object.keys(document.presets).join(', ') || 'none'}.`,
      at: {},
      expected: Object.keys(document.presets).join(', ') || 'no preset',
      received: preset,
    });
  }
  const given = { ...chosen, ...set };
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(document.params, key)) continue;
    diagnostics.push({
      code: 'param-range',
      severity: 'error',
      message: `This document has no param ${key}, so it cannot be set. Add the param, or leave it out.`,
      at: { param: key },
      expected: Object.keys(document.params).join(', ') || 'no params',
      received: key,
    });
  }
  return mergeParams(document.params, given, {}, diagnostics);
}

/** Values of a block's params for one instance: `set` over defaults, each within its range. */
export function mergeParams(
  params: Record<string, Param>,
  given: Values,
  at: Place,
  diagnostics: Diagnostic[] = [],
): Passed<{ values: Values }> {
  const values: Values = {};
  for (const [key, param] of Object.entries(params)) {
    const value = Object.hasOwn(given, key) ? (given[key] as Json) : param.default;
    const expected = unfit(param, value);
    values[key] = expected === null ? value : param.default;
    if (expected === null) continue;
    diagnostics.push({
      code: 'param-range',
      severity: 'error',
      message: `${param.title || key} must be ${expected}, not ${JSON.stringify(value)}.`,
      at: { ...at, param: key },
      expected,
      received: JSON.stringify(value),
    });
  }
  return { values, diagnostics };
}

/** What the param takes, where the value is not of that kind; null where it is. */
function unfit(param: Param, value: Json): string | null {
  if (param.choices && !param.choices.some((choice) => choice === value))
    return `one of ${param.choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
  if (typeof param.default !== 'number') return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number';
  if (param.min !== undefined && value < param.min) return `at least ${param.min}`;
  if (param.max !== undefined && value > param.max) return `at most ${param.max}`;
  return null;
}

/**
 * A node's params with every `{ '=': … }` replaced by its value. One that cannot be evaluated is left out, so that the
 * default takes its place, and reported.
 */
export function resolveParams(params: Params, scope: Values, at: Place): Passed<{ values: Values }> {
  const values: Values = {};
  const diagnostics: Diagnostic[] = [];
  for (const [key, param] of Object.entries(params)) {
    const evaluation = evaluateParam(param, scope);
    if ('value' in evaluation) {
      values[key] = evaluation.value;
      continue;
    }
    diagnostics.push({
      code: 'expression',
      severity: 'error',
      message: `${evaluation.problem} The default is used until the expression is mended.`,
      at: { ...at, param: key },
      expected: `an expression over ${Object.keys(scope).join(', ') || 'numbers'}`,
      received: String((param as { '=': string })['=']),
      ...(at.node === undefined
        ? {}
        : {
            fix: {
              title: `Reset ${key} to its default`,
              command: { do: 'set-param', graph: at.graph ?? 'main', id: at.node, param: key },
            },
          }),
    });
  }
  return { values, diagnostics };
}
