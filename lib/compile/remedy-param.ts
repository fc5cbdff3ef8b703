import type { Json } from '@/lib/base/json';
import type { Fix, Place } from '@/lib/graph/diagnostic';

/** A fix that sets a param at a place (`undefined`: back to the kind's default), where the place has a node. */
export function remedyParam(at: Place, param: string, value: Json | undefined, title: string): { fix?: Fix } {
  if (at.node === undefined) return {};
  return {
    fix: {
      title,
      command: {
        do: 'set-param',
        graph: at.graph ?? 'main',
        id: at.node,
        param,
        ...(value === undefined ? {} : { value }),
      },
    },
  };
}
