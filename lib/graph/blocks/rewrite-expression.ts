import { isRecord, type Json } from '@/lib/base/json';
import { type Expr, isExpr, type Params, type ParamValue } from '../document';
import { evaluateExpression } from '../expression';

const NAME = /(?<![\w.])[A-Za-z_][\w.]*/g;
const FUNCTIONS: ReadonlySet<string> = new Set(['min', 'max']);

/** Params that an expression refers to. */
export const namesIn = (expression: string): string[] =>
  [...new Set(expression.match(NAME) ?? [])].filter((name) => !FUNCTIONS.has(name));

/** Params that a node's params refer to; those of an instance's `set` too. */
export function namesInParams(params: Params): string[] {
  const names = new Set<string>();
  const visit = (value: ParamValue, deep: boolean) => {
    if (isExpr(value)) for (const name of namesIn(value['='])) names.add(name);
    else if (deep && isRecord(value)) for (const member of Object.values(value)) visit(member as ParamValue, false);
  };
  for (const value of Object.values(params)) visit(value, true);
  return [...names];
}

/** A node's params with `values` in place of the names; what then holds no name any more becomes a plain number. */
export const substituteParams = (params: Params, values: Readonly<Record<string, ParamValue>>): Params =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      !isExpr(value) && isRecord(value)
        ? (Object.fromEntries(
            Object.entries(value).map(([inner, member]) => [inner, substitute(member as ParamValue, values)]),
          ) as Json)
        : substitute(value, values),
    ]),
  );

/** A param with `values` in place of the names that it refers to. */
export function substitute(param: ParamValue, values: Readonly<Record<string, ParamValue>>): ParamValue {
  if (!isExpr(param)) return param;
  const text = param['='].trim();
  if (Object.hasOwn(values, text)) return values[text] as ParamValue;
  const written = text.replace(NAME, (name) => (Object.hasOwn(values, name) ? inline(values[name]) : name));
  if (namesIn(written).length > 0) return { '=': written } satisfies Expr;
  const evaluated = evaluateExpression(written, {});
  return 'value' in evaluated ? evaluated.value : { '=': written };
}

function inline(value: ParamValue | undefined): string {
  if (isExpr(value)) return /^[\w.]+$/.test(value['='].trim()) ? value['='].trim() : `(${value['=']})`;
  if (typeof value !== 'number') return String(value);
  return value < 0 ? `(${value})` : String(value);
}
