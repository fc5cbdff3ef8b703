import type { Json } from '@/lib/base/json';
import type { Field } from '../field';
import type { Face, PlainParams, Problem } from '../kind';

/**
 * Params of a node as its kind may rely on them: every field is there, of its type and within its limits. A value that
 * is not becomes a `param-range` problem whose remedy is the default, and the default takes its place, so that
 * inference can go on. Params that the kind does not know are left out.
 *
 * Expressions must be evaluated before.
 */
export function parseParams(
  face: Pick<Face, 'fields'>,
  params: Record<string, Json>,
): { params: PlainParams; problems: Problem[] } {
  const parsed: PlainParams = {};
  const problems: Problem[] = [];
  for (const [key, field] of Object.entries(face.fields)) {
    const value = params[key];
    if (value === undefined) {
      parsed[key] = field.default;
      continue;
    }
    const expected = expectation(field, value);
    if (expected === null) {
      parsed[key] = value;
      continue;
    }
    parsed[key] = field.default;
    problems.push({
      code: 'param-range',
      severity: 'error',
      param: key,
      message: `${field.title} must be ${expected}, not ${show(value)}.`,
      expected,
      received: show(value),
      remedies: [
        { title: `Set ${field.title.toLowerCase()} to ${show(field.default)}`, set: { [key]: field.default } },
      ],
    });
  }
  return { params: parsed, problems };
}

/** What the field takes, in words, where the value is not of that kind; null where it is. */
function expectation(field: Field, value: Json): string | null {
  switch (field.type) {
    case 'number':
      return isNumberWithin(value, field) ? null : describeNumber(field);
    case 'optional-number':
      return value === null || isNumberWithin(value, field) ? null : `${describeNumber(field)}, or none`;
    case 'choice':
      return field.choices.some((choice) => choice.value === value)
        ? null
        : `one of ${field.choices.map((choice) => choice.value).join(', ')}`;
    case 'switch':
      return typeof value === 'boolean' ? null : 'on or off';
    case 'text':
      if (typeof value !== 'string') return 'a text';
      return field.pattern === undefined || new RegExp(`^(?:${field.pattern})$`, 'u').test(value)
        ? null
        : `a text of the form ${field.pattern}`;
    case 'size': {
      const limits = {
        integer: true as const,
        min: field.min ?? 1,
        ...(field.max === undefined ? {} : { max: field.max }),
      };
      return Array.isArray(value) && value.length === field.axes && value.every((size) => isNumberWithin(size, limits))
        ? null
        : `${field.axes} × ${describeNumber(limits)}`;
    }
    case 'shape':
      return isShape(value) ? null : 'sizes from 1 up, with at most one -1 for "what is left"';
    case 'numbers':
      return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item))
        ? null
        : 'a list of numbers';
    case 'dataset':
    case 'block':
      return typeof value === 'string' ? null : `the id of a ${field.type === 'dataset' ? 'data set' : 'block'}`;
    case 'json':
      return null;
  }
}

interface Limits {
  min?: number;
  max?: number;
  integer?: true;
}

function isNumberWithin(value: Json, { min, max, integer }: Limits): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (integer && !Number.isSafeInteger(value)) return false;
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function describeNumber({ min, max, integer }: Limits): string {
  const what = integer ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined) return `${what} from ${min} to ${max}`;
  if (min !== undefined) return `${what} of at least ${min}`;
  return max === undefined ? what : `${what} of at most ${max}`;
}

/** Larger axes cannot be computed with exactly and are certainly a slip. */
const LARGEST_AXIS = 2 ** 31 - 1;

function isShape(value: Json): boolean {
  if (!Array.isArray(value)) return false;
  const open = value.filter((size) => size === -1).length;
  return (
    open <= 1 &&
    value.length <= 6 &&
    value.every((size) => size === -1 || isNumberWithin(size, { min: 1, max: LARGEST_AXIS, integer: true }))
  );
}

const show = (value: Json): string => {
  const text = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
