import { invariant } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import type { PlainParams } from '../kind';

/**
 * Typed reading of params that `parseParams` has checked: what is wrong here is a bug, not a user's mistake.
 */
export function numberOf(params: PlainParams, key: string): number {
  const value = params[key];
  invariant(typeof value === 'number', `param ${key} is no number`);
  return value;
}

/** Null where an optional number is off. */
export function optionalNumberOf(params: PlainParams, key: string): number | null {
  return params[key] === null ? null : numberOf(params, key);
}

export function textOf(params: PlainParams, key: string): string {
  const value = params[key];
  invariant(typeof value === 'string', `param ${key} is no text`);
  return value;
}

export function flagOf(params: PlainParams, key: string): boolean {
  const value = params[key];
  invariant(typeof value === 'boolean', `param ${key} is no switch`);
  return value;
}

/** A `size`, `shape` or `numbers` field. */
export function numbersOf(params: PlainParams, key: string): number[] {
  const value: Json | undefined = params[key];
  invariant(Array.isArray(value), `param ${key} is no list`);
  return value.map(Number);
}

/** A `size` field of two axes. */
export function pairOf(params: PlainParams, key: string): [number, number] {
  const [first, second] = numbersOf(params, key);
  invariant(first !== undefined && second !== undefined, `param ${key} has fewer than two axes`);
  return [first, second];
}
