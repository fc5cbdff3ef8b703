import type { Document, Measure, Variant } from './document';

/**
 * The document of one variant: its settings are the defaults, before those of any preset, and of the stated results those
 * stay that speak of this variant alone. What compares variants is left to whoever ran them all.
 */
export function variantDocument(document: Document, variant: Variant): Document {
  const params = { ...document.params };
  for (const [key, value] of Object.entries(variant.set)) {
    const param = params[key];
    if (param) params[key] = { ...param, default: value };
  }
  const presets = Object.fromEntries(
    Object.entries(document.presets).map(([id, set]) => [
      id,
      Object.fromEntries(Object.entries(set).filter(([key]) => !(key in variant.set))),
    ]),
  );
  const own = (measure: Measure | undefined): boolean =>
    measure?.variant === undefined || measure.variant === variant.id;
  const expected = document.expected
    .filter((one) => own(one) && own(one.than))
    .map(({ variant: _, than, ...rest }) => {
      if (!than) return rest;
      const { variant: __, ...base } = than;
      return { ...rest, than: base };
    });
  return { ...document, params, presets, expected, variants: [] };
}
