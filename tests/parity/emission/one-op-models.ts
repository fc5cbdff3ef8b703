import { compile } from '@/lib/compile/compile';
import type { DatasetCard } from '@/lib/datasets/card';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { portsOf } from '@/lib/nodes/common/ports';
import type { HostTensor, Kind, KindExample, PlainParams } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Spec } from '@/lib/tensor/spec';
import { NO_WORLD } from '@/tests/contract/kinds/example';
import { buildDocument, type GraphSketch } from '@/tests/helpers/build-document';
import { examplesOf } from '@/tests/helpers/examples-of';
import { seededTensor, seededWeights } from '../keras/seeded';
import { parityCard } from '../keras/seeded-models';
import type { EmittedModel } from './emitted-model';

/** Kinds that an exported function may hold: all ops but losses, and but callers, which need a block. */
const opKinds = (): [string, Kind][] =>
  Object.entries(kinds).filter(([, { face }]) => face.role === 'op' && face.makes !== 'loss' && !face.calls);

/** `NETLOOM_KINDS=lstm,gru` tries these alone. */
const chosen = process.env.NETLOOM_KINDS?.split(',');

/** One model for each example of each kind, with each choice and switch of its fields. */
export function oneOpModels(): { id: string; models: EmittedModel[] }[] {
  return opKinds()
    .filter(([id]) => chosen?.includes(id) !== false)
    .map(([id, kind]) => ({
      id,
      models: examplesOf(kind).flatMap((example, at) =>
        variations(kind).flatMap((set, number) => modelOf(kind, example, set, `${id}_${at}_${number}`) ?? []),
      ),
    }))
    .filter(({ id, models }) => models.length > 0 || !NEEDS_MORE.has(id));
}

/** Kinds that work on what another made: alone between data and output they are no network. */
const NEEDS_MORE = new Set(['gradient']);

function variations({ face }: Kind): PlainParams[] {
  const fields = Object.entries(face.fields).flatMap(([key, field]): PlainParams[] => {
    if (field.type === 'choice' && !/init/i.test(key)) return field.choices.map(({ value }) => ({ [key]: value }));
    return field.type === 'switch' ? [{ [key]: true }, { [key]: false }] : [];
  });
  return [{}, ...fields];
}

/** The kind between a data set with the example's inputs and one output node for each of its tensors. */
function modelOf(kind: Kind, example: KindExample, set: PlainParams, name: string): EmittedModel | null {
  const wanted = { ...example.params, ...set };
  const { params } = parseParams(kind.face, wanted);
  const fields: DatasetCard['fields'] = {};
  const nodes: GraphSketch['nodes'] = {
    data: ['dataset', { dataset: 'parity' }],
    node: [kind.face.id, wanted],
  };
  const wires: GraphSketch['wires'] = [];
  const field = (key: string, spec: Spec): void => {
    fields[key] = { title: key, spec, stored: spec.dtype === 'int32' ? 'int32' : 'float32' };
  };
  for (const [port, specs] of Object.entries(example.inputs))
    for (const [at, spec] of specs.entries()) {
      field(`${port}${at}`, spec);
      wires.push([`data.${port}${at}`, `node.${port}`]);
    }
  const inferred = kind.infer({ params, inputs: example.inputs, env: NO_WORLD });
  for (const { id, type } of portsOf(kind.face, params, NO_WORLD).outputs) {
    if (type !== 'tensor') continue;
    nodes[`out_${id}`] = ['output', { key: id }];
    if (Object.keys(example.inputs).length > 0) wires.push([`node.${id}`, `out_${id}`]);
    else {
      // A function needs an input: what the kind gives is added to some data of its shape.
      field('other', { shape: ['batch', ...(inferred.outputs[id]?.shape ?? [])], dtype: 'float32', meaning: 'any' });
      nodes.sum = ['add'];
      wires.push(['data.other', 'sum'], [`node.${id}`, 'sum'], ['sum', `out_${id}`]);
    }
  }
  const card = { ...parityCard, fields };
  const document = buildDocument({ nodes, wires });
  document.settings.lengths = { time: 5 };
  const { program } = compile(document, { kinds, datasets: { parity: card } });
  if (!program) return null;
  const inputs: Record<string, HostTensor> = {};
  for (const { name: input, value } of program.functions.flatMap((fn) => fn.inputs)) {
    const spec = program.values[value];
    if (spec) inputs[input] = seededTensor(spec, input);
  }
  const title = `${example.title} ${JSON.stringify(set)}`;
  return { name, title, program, cards: { parity: card }, weights: seededWeights(program), inputs };
}
