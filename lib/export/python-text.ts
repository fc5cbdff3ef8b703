import type { Json } from '@/lib/base/json';

/** A JSON value as a Python literal; lists of whole numbers are tuples, as shapes and sizes are. */
export function pythonLiteral(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return pythonString(value);
  if (Array.isArray(value)) {
    const items = value.map(pythonLiteral);
    const sizes = value.every((item) => item === null || Number.isInteger(item));
    if (!sizes) return `[${items.join(', ')}]`;
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  }
  return `{${Object.entries(value)
    .map(([key, item]) => `${pythonString(key)}: ${pythonLiteral(item)}`)
    .join(', ')}}`;
}

function pythonNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'float("nan")' : `float("${value > 0 ? '' : '-'}inf")`;
}

/** A string literal that means exactly this text: everything outside printable ASCII is escaped. */
export function pythonString(text: string): string {
  const body = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 32 && code < 127) return character;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${body.join('')}"`;
}

/** One line of comment: whatever the text holds, it cannot end the line. */
export const pythonComment = (text: string): string => `# ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`.trimEnd();

const RESERVED = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda match nonlocal not or pass raise return try type while with yield
  keras layers pathlib model build_model train main print`.split(/\s+/),
);

/** A layer's name as a variable: names are letters, digits and underscores already. */
export const pythonName = (name: string): string => (RESERVED.has(name) ? `${name}_` : name);
