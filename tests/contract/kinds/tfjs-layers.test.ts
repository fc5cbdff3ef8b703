import { beforeAll, describe, expect, it } from 'vitest';
import { isTfjsLayer } from '@/lib/export/tfjs/tfjs-limits';
import type { KerasLayer, Kind, KindExample } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { examplesOf } from '@/tests/helpers/examples-of';
import { prepare, runExample, tf } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const alone = (inputs: KindExample['inputs']) => inputs.x?.length === 1 && Object.keys(inputs).length === 1;

/** Choices of these fields are tried one by one; initializers are drawn, not compared. */
function* variations(fields: (typeof kinds)[string]['face']['fields']) {
  yield {};
  for (const [key, field] of Object.entries(fields)) {
    if (field.type === 'choice' && !/init/i.test(key)) for (const { value } of field.choices) yield { [key]: value };
    if (field.type === 'switch') for (const value of [true, false]) yield { [key]: value };
  }
}

const plain = ({ className, operation, tfjs, call, outputs = [] }: KerasLayer): boolean =>
  operation === undefined &&
  isTfjsLayer(tfjs?.className ?? className) &&
  tfjs?.unsupported === undefined &&
  call === undefined &&
  outputs.length < 2;

/** Models of the layers format have no inputs of a single axis. */
const wide = (kind: Kind) =>
  examplesOf(kind).filter(({ inputs }) => alone(inputs) && (inputs.x?.[0]?.shape?.length ?? 0) > 1);

const single = Object.entries(kinds).filter(([, kind]) => kind.face.role === 'op' && wide(kind).length > 0);

describe.each(single)('%s', (_, kind) => {
  it.each(wide(kind))('gives the same numbers as a TensorFlow.js layers model: $title', async (example) => {
    for (const set of variations(kind.face.fields)) {
      const prepared = prepare(kind, example, set, 'evaluation');
      const { params, inference } = prepared;
      const emission = kind.emit?.keras({ params, inputs: example.inputs, outputs: inference.outputs });
      const refused = inference.problems?.some(({ severity }) => severity === 'error');
      if (Array.isArray(emission) && !refused && emission.every(plain)) {
        const x = prepared.context.inputs.x?.[0] as tf.Tensor;
        const model = await tf.models.modelFromJSON(topology(emission, x) as never);
        const slots = emission.flatMap(({ weights }) => weights);
        // Batch norm lists its moving statistics after all trainable weights, as Keras does.
        model.setWeights(slots.map((slot) => prepared.context.variables[slot] as tf.Tensor));
        const [ours, theirs] = tf.tidy(() => {
          const y = runExample(kind, prepared).outputs.y as tf.Tensor;
          const predicted = model.predict(x) as tf.Tensor;
          expect(predicted.shape).toEqual(y.shape);
          return [[...y.dataSync()], [...predicted.dataSync()]];
        });
        theirs?.forEach((value, index) => {
          expect(value, JSON.stringify(set)).toBeCloseTo(ours?.[index] ?? Number.NaN, 4);
        });
        model.dispose();
      }
      prepared.dispose();
    }
  });
});

/** A Sequential model in the layers format. */
function topology(layers: KerasLayer[], x: tf.Tensor): object {
  const input = { batch_input_shape: [null, ...x.shape.slice(1)], dtype: x.dtype, name: 'input' };
  return {
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'model',
        layers: [
          { class_name: 'InputLayer', config: input },
          ...layers.map(({ className, config, tfjs }, index) => ({
            class_name: tfjs?.className ?? className,
            config: { ...config, ...tfjs?.config, name: `layer${index}` },
          })),
        ],
      },
    },
  };
}
