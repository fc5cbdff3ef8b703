import type { Json } from '@/lib/base/json';
import { isExpr, type ParamValue } from './document';

export type Evaluation = { value: Json } | { problem: string };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(\/\/|[-+*/(),]))/y;
const DEEPEST = 64;

/**
 * The value of a param: itself, or, for `{ '=': '4*filters' }`, the result over `scope`. Grammar: numbers, names,
 * `+ - * / //` (floor division), `min(…)`, `max(…)`, parentheses. A lone name may stand for any JSON value.
 */
export function evaluateParam(param: ParamValue, scope: Readonly<Record<string, Json>>): Evaluation {
  return isExpr(param) ? evaluateExpression(param['='], scope) : { value: param as Json };
}

export function evaluateExpression(text: string, scope: Readonly<Record<string, Json>>): Evaluation {
  const name = text.trim();
  if (Object.hasOwn(scope, name)) return { value: scope[name] as Json };
  try {
    const value = new Parser(tokenize(text), scope).parse();
    if (!Number.isFinite(value)) return { problem: `"${text}" is not a finite number.` };
    return { value };
  } catch (error) {
    if (error instanceof ExpressionError) return { problem: `"${text}": ${error.message}` };
    throw error;
  }
}

class ExpressionError extends Error {}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new ExpressionError(`"${text.slice(at).trim()[0]}" is not understood here.`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

/** Recursive descent; identity matters because it walks along the tokens. */
class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: string[],
    private readonly scope: Readonly<Record<string, Json>>,
  ) {}

  parse(): number {
    const value = this.sum();
    const rest = this.tokens[this.at];
    if (rest !== undefined) throw new ExpressionError(`"${rest}" is not expected here.`);
    return value;
  }

  private sum(): number {
    if (++this.depth > DEEPEST) throw new ExpressionError('it is nested too deeply.');
    let value = this.product();
    for (;;) {
      if (this.take('+')) value += this.product();
      else if (this.take('-')) value -= this.product();
      else break;
    }
    this.depth--;
    return value;
  }

  private product(): number {
    let value = this.atom();
    for (;;) {
      if (this.take('*')) value *= this.atom();
      else if (this.take('//')) value = Math.floor(value / this.atom());
      else if (this.take('/')) value /= this.atom();
      else return value;
    }
  }

  private atom(): number {
    let sign = 1;
    while (this.take('-')) sign = -sign;
    const token = this.tokens[this.at++];
    if (token === undefined) throw new ExpressionError('a number or a name is missing at the end.');
    if (token === '(') {
      const value = this.sum();
      this.expect(')');
      return sign * value;
    }
    if (/^\d/.test(token)) return sign * Number(token);
    if ((token === 'min' || token === 'max') && this.take('(')) {
      const values = [this.sum()];
      while (this.take(',')) values.push(this.sum());
      this.expect(')');
      return sign * Math[token](...values);
    }
    if (!/^[A-Za-z_]/.test(token)) throw new ExpressionError(`"${token}" is not expected here.`);
    const value = Object.hasOwn(this.scope, token) ? this.scope[token] : undefined;
    if (typeof value === 'number') return sign * value;
    if (value !== undefined) throw new ExpressionError(`"${token}" is not a number.`);
    const known = Object.keys(this.scope);
    throw new ExpressionError(
      `"${token}" is not a param here${known.length ? ` (there are ${known.join(', ')})` : ''}.`,
    );
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new ExpressionError(`"${token}" is missing.`);
  }
}
