import { readFields, textOf } from '@/lib/base/protobuf';

/** What a graph must know of an op beyond what eager calls say. */
export interface OpDefinition {
  attributes: ReadonlySet<string>;
  /** Attributes without default that follow from an input: its type, or the length of its list. */
  inferred: { attribute: string; from: 'type' | 'count'; input: number; inputs: number }[];
  /** Of each declared input, whether it is a list. */
  lists: boolean[];
  /** Random or otherwise stateful ops give other numbers at each call. */
  stateful: boolean;
}

interface Argument {
  type: string;
  count: string;
  list: string;
}

/** Definitions by op name, from the library's own OpList (op_def.proto). */
export class OpDefinitions {
  private readonly raw = new Map<string, Uint8Array>();
  private readonly parsed = new Map<string, OpDefinition>();

  constructor(opList: Uint8Array) {
    for (const { field, bytes } of readFields(opList)) {
      if (field !== 1) continue;
      for (const inner of readFields(bytes)) {
        if (inner.field !== 1) continue;
        this.raw.set(textOf(inner.bytes), bytes);
        break;
      }
    }
  }

  get(op: string): OpDefinition | undefined {
    const known = this.parsed.get(op);
    if (known) return known;
    const bytes = this.raw.get(op);
    if (!bytes) return undefined;
    const definition = parse(bytes);
    this.parsed.set(op, definition);
    return definition;
  }
}

function parse(bytes: Uint8Array): OpDefinition {
  const attributes = new Set<string>();
  const open: string[] = [];
  const inputs: Argument[] = [];
  let stateful = false;
  for (const { field, number, bytes: inner } of readFields(bytes)) {
    if (field === 2) inputs.push(argument(inner));
    if (field === 17) stateful = number === 1;
    if (field !== 4) continue;
    let name = '';
    let hasDefault = false;
    for (const part of readFields(inner)) {
      if (part.field === 1) name = textOf(part.bytes);
      if (part.field === 3) hasDefault = true;
    }
    attributes.add(name);
    if (!hasDefault) open.push(name);
  }
  const inferred = open.flatMap((attribute): OpDefinition['inferred'] => {
    for (const [input, { type, count, list }] of inputs.entries()) {
      if (list) return [];
      if (type === attribute) return [{ attribute, from: 'type', input, inputs: inputs.length }];
      if (count === attribute) return [{ attribute, from: 'count', input, inputs: inputs.length }];
      if (count) return [];
    }
    return [];
  });
  return { attributes, inferred, lists: inputs.map(({ count, list }) => count !== '' || list !== ''), stateful };
}

function argument(bytes: Uint8Array): Argument {
  const made: Argument = { type: '', count: '', list: '' };
  for (const { field, bytes: inner } of readFields(bytes)) {
    if (field === 4) made.type = textOf(inner);
    if (field === 5) made.count = textOf(inner);
    if (field === 6) made.list = textOf(inner);
  }
  return made;
}
