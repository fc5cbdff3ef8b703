import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import type { ExportInput } from '@/lib/export/exporter';
import { emptyDocument } from '@/lib/graph/document';
import type { HostTensor, Kind, KindExample, PlainParams } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { buildDocument } from '@/tests/helpers/build-document';
import { seededTensor, seededWeights } from './seeded';
import { parityCard } from './seeded-models';

export interface ExampleModel {
  title: string;
  program: Program;
  card: DatasetCard;
  weights: ExportInput['weights'];
  inputs: Record<string, HostTensor>;
}

/** Kinds that might be layers: all that compute, but losses. */
export const layerKinds = (): [string, Kind][] =>
  Object.entries(kinds).filter(
    ([, { face, emit }]) => face.role === 'op' && face.makes !== 'loss' && emit !== undefined,
  );

/** The params of an example, and with each choice of each field that has a closed set. */
export function variations({ face }: Kind, example: KindExample): PlainParams[] {
  const choices = Object.entries(face.fields).flatMap(([key, field]) =>
    field.type === 'choice' ? field.choices.map(({ value }) => ({ ...example.params, [key]: value })) : [],
  );
  return [example.params ?? {}, ...choices];
}

/** A model that is one node over a data set with the example's inputs; null where that does not compile. */
export function exampleModel(kind: Kind, example: KindExample, params: PlainParams): ExampleModel | null {
  const fields: DatasetCard['fields'] = {};
  const outputs = typeof kind.face.outputs === 'function' ? [] : kind.face.outputs;
  const wires: [string, string][] = [[`node.${outputs[0]?.id ?? 'y'}`, 'answer']];
  for (const [port, specs] of Object.entries(example.inputs))
    for (const [at, spec] of specs.entries()) {
      const field = `${port}${at}`;
      fields[field] = { title: field, spec, stored: spec.dtype === 'int32' ? 'int32' : 'float32' };
      wires.push([`data.${field}`, `node.${port}`]);
    }
  const nodes = {
    data: ['dataset', { dataset: 'parity' }] as [string, PlainParams],
    node: [kind.face.id, params] as [string, PlainParams],
    answer: ['output', { key: 'answer' }] as [string, PlainParams],
  };
  const card = { ...parityCard, fields };
  const document = buildDocument({ nodes, wires });
  document.settings.lengths = { time: 5 };
  const { program } = compile(document, { kinds, datasets: { parity: card } });
  if (!program) return null;
  const inputs = Object.fromEntries(
    (program.functions[0]?.inputs ?? []).flatMap(({ name, value }) => {
      const spec = program.values[value];
      return spec ? [[name, seededTensor(spec, name)]] : [];
    }),
  );
  const title = `${example.title} ${JSON.stringify(params)}`;
  return { title, program, card, weights: seededWeights(program), inputs };
}

export const exportInput = (model: ExampleModel, name: string): ExportInput => ({
  program: model.program,
  kinds,
  function: 'answer',
  weights: model.weights,
  document: emptyDocument(name),
  cards: { parity: model.card },
  savedAt: new Date('2026-11-24T12:00:00Z'),
  assets: { tfjsBundle: async () => '' },
});
