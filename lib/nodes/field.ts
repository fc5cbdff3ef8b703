import type { Json } from '@/lib/base/json';

interface FieldBase<T extends Json> {
  title: string;
  default: T;
  /** One sentence for the inspector. */
  help?: string;
  /** Shown on the node itself, not only in the inspector. */
  essential?: true;
  /** Shown only where another field has one of these values. */
  when?: { field: string; is: Json[] };
}

/** The closed set of field types; the inspector has one control for each. A `live` number can be promoted to an input. */
export type Field =
  | (FieldBase<number> & {
      type: 'number';
      min?: number;
      max?: number;
      /** Range of the slider and of scrubbing; values outside are allowed. */
      soft?: [number, number];
      step?: number;
      integer?: true;
      logarithmic?: true;
      live?: true;
    })
  | (FieldBase<number | null> & {
      type: 'optional-number';
      min?: number;
      max?: number;
      integer?: true;
      live?: true;
      none: string;
    })
  | (FieldBase<string> & { type: 'choice'; choices: { value: string; title: string; help?: string }[] })
  | (FieldBase<boolean> & { type: 'switch' })
  | (FieldBase<string> & { type: 'text'; pattern?: string; placeholder?: string })
  /** One or two positive integers, such as a kernel: `[3, 3]`. */
  | (FieldBase<number[]> & { type: 'size'; axes: number; min?: number; max?: number })
  /** A shape without the batch axis; -1 where it follows from the rest. */
  | (FieldBase<number[]> & { type: 'shape' })
  /** A list of live numbers, one for each wire of a variadic port. */
  | (FieldBase<number[]> & { type: 'numbers'; of?: string; live?: true })
  | (FieldBase<string> & { type: 'dataset' })
  | (FieldBase<string> & { type: 'block' })
  | (FieldBase<Json> & { type: 'json' });
