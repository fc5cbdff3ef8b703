import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { portsOf } from '@/lib/nodes/common/ports';
import { docs } from '@/lib/nodes/docs.generated';
import { faces } from '@/lib/nodes/faces.generated';
import type { Face, PlainParams } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { examplesOf } from '@/tests/helpers/examples-of';
import { infer, NO_WORLD, withoutBatch, withoutShape } from './example';

const NEEDS_RUN = new Set(['op', 'source', 'clock', 'fold', 'optimizer', 'sink']);

const pascal = (icon: string): string =>
  icon.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());

it('has the catalogue of the first release', () => {
  expect(Object.keys(kinds).length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(faces)).toEqual(Object.keys(kinds));
});

/** Each choice and switch alone. */
const choicesIn = ({ fields }: Face): PlainParams[] =>
  Object.entries(fields).flatMap(([key, field]): PlainParams[] => {
    if (field.type === 'choice') return field.choices.map(({ value }) => ({ [key]: value }));
    return field.type === 'switch' ? [{ [key]: true }, { [key]: false }] : [];
  });

describe.each(Object.entries(kinds))('%s', (id, kind) => {
  const { face } = kind;

  it('is described for people', () => {
    expect(face.id).toBe(id);
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(face.title.length).toBeGreaterThan(1);
    expect(face.summary).toMatch(/^[A-Z].*\.$/);
    expect(face.summary.length).toBeLessThanOrEqual(70);
    expect(docs[id]?.text.length).toBeGreaterThan(40);
    expect(face.aliases.length).toBeGreaterThan(0);
    expect(new Set(face.aliases).size).toBe(face.aliases.length);
    expect(examplesOf({ face }).length).toBeGreaterThan(0);
  });

  it('has an icon that exists', () => {
    expect(existsSync(`node_modules/@tabler/icons-react/dist/esm/icons/Icon${pascal(face.icon)}.mjs`)).toBe(true);
  });

  it('names only kinds that exist as what often comes next', () => {
    expect(face.oftenNext ?? []).toSatisfy((next: string[]) => next.every((other) => other in kinds));
  });

  it('has a run where its role needs one', () => {
    expect(kind.run !== undefined).toBe(NEEDS_RUN.has(face.role));
    if (kind.run?.as === 'hold') expect(face.role).toBe('fold');
    else if (kind.run) expect(kind.run.as).toBe(face.role);
  });

  it('has defaults that its own fields accept', () => {
    expect(parseParams(face, {}).problems).toEqual([]);
    const defaults = Object.fromEntries(Object.entries(face.fields).map(([key, field]) => [key, field.default]));
    expect(parseParams(face, defaults)).toEqual({ params: defaults, problems: [] });
  });

  it.each(examplesOf(kind))('takes what it gave back, through JSON, as it was: $title', (example) => {
    for (const set of [{}, ...choicesIn(face)]) {
      const { params, problems } = parseParams(face, { ...example.params, ...set });
      expect(problems).toEqual([]);
      expect(Object.keys(params).sort()).toEqual(Object.keys(face.fields).sort());
      expect(parseParams(face, JSON.parse(JSON.stringify(params)))).toEqual({ params, problems: [] });
    }
  });

  it('says which field values show a dependent field', () => {
    for (const field of Object.values(face.fields)) {
      if (!field.when) continue;
      const other = face.fields[field.when.field];
      expect(other).toBeDefined();
      for (const value of field.when.is) {
        expect(parseParams(face, { [field.when.field]: value }).problems).toEqual([]);
      }
    }
  });

  it('shows no more on the node than fits', () => {
    const essential = Object.values(face.fields).filter((field) => field.essential && !field.when);
    expect(essential.length).toBeLessThanOrEqual(3);
  });

  it('has ports with distinct ids', () => {
    const { params } = parseParams(face, {});
    const ports = portsOf(face, params, NO_WORLD);
    for (const side of [ports.inputs, ports.outputs]) {
      expect(new Set(side.map((port) => port.id)).size).toBe(side.length);
    }
    if (face.passThrough) {
      expect(ports.inputs.map((port) => port.id)).toContain(face.passThrough.input);
      expect(ports.outputs.map((port) => port.id)).toContain(face.passThrough.output);
    }
    const known = ports.inputs.map((port) => port.id);
    expect(gradientInputs(face, params) ?? []).toSatisfy((grad: string[]) =>
      grad.every((port) => known.includes(port)),
    );
  });

  it.each(examplesOf({ face }))('infers without knowing the world: $title', (example) => {
    const { params } = parseParams(face, example.params ?? {});
    for (const inputs of [{}, withoutShape(example.inputs), withoutBatch(example.inputs)]) {
      const inference = infer(kind, params, inputs);
      if (face.role === 'dataset') continue;
      expect((inference.problems ?? []).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('answers text with a problem, not with a crash', () => {
    for (const example of examplesOf({ face })) {
      const { params } = parseParams(face, example.params ?? {});
      for (const port of Object.keys(example.inputs)) {
        const text = (example.inputs[port] ?? []).map((spec) => ({ ...spec, dtype: 'string' as const }));
        const { problems = [] } = infer(kind, params, { ...example.inputs, [port]: text });
        expect(Array.isArray(problems)).toBe(true);
      }
    }
  });
});
