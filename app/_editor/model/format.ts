import type { Json } from '@/lib/base/json';
import type { Field } from '@/lib/nodes/field';
import { formatShape, type Spec } from '@/lib/tensor/spec';

/** `449,642`; nothing to count is a dash. */
export const formatCount = (count: number): string => (count === 0 ? '–' : grouped(count));

export const grouped = (count: number): string => count.toLocaleString('en-US');

/** `24.7 MFLOPs` from operations. */
export function formatFlops(flops: number): string {
  if (flops < 1e3) return `${grouped(Math.round(flops))} FLOPs`;
  const [scale, unit] = flops >= 1e9 ? [1e9, 'GFLOPs'] : flops >= 1e6 ? [1e6, 'MFLOPs'] : [1e3, 'kFLOPs'];
  return `${significant(flops / scale)} ${unit}`;
}

/** `47.1 MB` from bytes (decimal units, as people see them on cards and disks). */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${grouped(Math.round(bytes))} B`;
  const [scale, unit] = bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${significant(bytes / scale)} ${unit}`;
}

function significant(value: number): string {
  if (value === 0) return '0';
  if (value >= 100) return grouped(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** `0.001` becomes `1e-3`; whole numbers are grouped only from five digits on, as fields are typed without commas. */
export function formatNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 0.01 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential().split('e');
    const short = Number(Number(mantissa).toPrecision(4));
    return `${short}e${Number(exponent)}`;
  }
  return String(Number(value.toPrecision(6)));
}

/** A param as the node and the search show it: `3×3`, `ReLU`, `1e-3`, `on`. */
export function formatParam(field: Field, value: Json): string {
  switch (field.type) {
    case 'number':
      return typeof value === 'number' ? formatNumber(value) : String(value);
    case 'optional-number':
      return typeof value === 'number' ? formatNumber(value) : field.none;
    case 'choice':
      return field.choices.find((choice) => choice.value === value)?.title ?? String(value);
    case 'switch':
      return value ? 'on' : 'off';
    case 'size':
    case 'shape':
      return Array.isArray(value) ? value.map((part) => (part === -1 ? '?' : String(part))).join('×') || 'scalar' : '?';
    case 'numbers':
      return Array.isArray(value) ? value.map((part) => formatNumber(Number(part))).join(', ') : '?';
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

/** What a wire or footer says of a tensor, for one example: `28×28×1`, `10`, `class`, `scalar`. */
export function formatSpec(spec: Spec | null | undefined): string {
  if (!spec || spec.shape === null) return '?';
  if (spec.shape.length === 1 && spec.shape[0] === 'batch')
    return spec.meaning === 'any' ? '1 number' : spec.meaning === 'class' ? 'labels' : spec.meaning;
  return formatShape(spec.shape, { batch: false });
}
