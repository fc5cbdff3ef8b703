import { strToU8 } from 'fflate';
import { required } from '@/lib/base/invariant';
import type { Exporter } from '../exporter';
import { makeKerasGraph } from '../keras-graph';
import { modelCard } from '../model-card';
import { pythonComment } from '../python-text';
import { modelCode } from './model-code';
import { type TrainingCode, trainingCode } from './training-code';

/** A Python script that builds the same model layer by layer, loads the trained weights and can train on. */
export const exporter: Exporter = {
  format: 'keras-code',
  title: 'Keras code',
  summary: 'A readable Python script; it loads the weights from the .keras file beside it.',
  extension: '.py',
  mime: 'text/x-python',
  async export(input) {
    const made = makeKerasGraph(input);
    if ('diagnostics' in made) return made;
    const { graph } = made;
    const output = required(graph.outputs[0], 'output').value;
    const training = trainingCode(input, output);
    const lines = [
      ...modelCard(input, graph).map(pythonComment),
      '# Needs: pip install keras tensorflow (or another backend of Keras 3)',
      '',
      'import pathlib',
      '',
      'import keras',
      'from keras import layers',
      '',
      '',
      'def build_model():',
      ...indented(modelCode(graph)),
      '',
      '',
      ...trainCode(training),
      'def main():',
      ...indented([
        'model = build_model()',
        'weights = pathlib.Path(__file__).with_suffix(".keras")  # the Keras export, under the same name',
        'if weights.exists():',
        '    model.load_weights(weights)',
        'model.summary()',
        'return model',
      ]),
      '',
      '',
      'if __name__ == "__main__":',
      '    main()',
      '',
    ];
    return { bytes: strToU8(lines.join('\n')) };
  },
};

const indented = (lines: string[]): string[] => lines.map((line) => (line ? `    ${line}` : line));

function trainCode(training: TrainingCode | null): string[] {
  if (!training) return [];
  // A loss that Keras has no twin for is the caller's to give.
  const given = training.loss ? '' : ' loss,';
  const { order } = training;
  const fit = ['inputs', 'targets', 'validation_data=validation_data', 'epochs=epochs', 'batch_size=batch_size'];
  return [
    ...(order.by === 'rows' ? inParts(order.remainder) : []),
    `def train(model, inputs, targets,${given} validation_data=None, epochs=${training.epochs}, batch_size=${training.batch}):`,
    ...indented([
      'model.compile(',
      `    optimizer=${training.optimizer},`,
      `    loss=${training.loss ?? 'loss'},`,
      `    metrics=[${training.metrics.map((metric) => `"${metric}"`).join(', ')}],`,
      ')',
      ...(order.by === 'rows'
        ? ['inputs, targets = keras.tree.map_structure(lambda array: in_parts(array, batch_size), (inputs, targets))']
        : []),
      `return model.fit(${[...fit, ...(order.by === 'shuffled' ? [] : ['shuffle=False'])].join(', ')})`,
    ]),
    '',
    '',
  ];
}

/** The order in which each row of a batch goes on in a part of its own. */
const inParts = (remainder: 'keep' | 'drop'): string[] => [
  'def in_parts(array, batch_size):',
  ...indented([
    '"""Row k of every batch goes on in the k-th part of the examples, where it was in the batch before."""',
    'steps = len(array) // batch_size',
    'order = [part * steps + step for step in range(steps) for part in range(batch_size)]',
    remainder === 'drop' ? 'return array[order]' : 'return array[order + list(range(len(order), len(array)))]',
  ]),
  '',
  '',
];
