import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './exit-code';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses a command's arguments strictly; a wrong one is a `UsageError` in the parser's words. */
export function parseOptions<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number from an option's text, or undefined where it was not given. */
export function wholeNumber(name: string, text: string | undefined, min = 0): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < min)
    throw new UsageError(`--${name} takes a whole number from ${min} on, got “${text}”.`);
  return value;
}
