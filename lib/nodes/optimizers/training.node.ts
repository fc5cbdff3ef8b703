import type { Field } from '../field';
import type { Face, Infer, KindDocs, KindExample } from '../kind';

const whole = (title: string, value: number, min: number, help: string): Field => ({
  type: 'number',
  title,
  default: value,
  min,
  max: 1_000_000_000,
  integer: true,
  help,
});

export const face: Face = {
  id: 'training',
  version: 1,
  title: 'Training',
  summary: 'Runs the optimizers, step by step, over the data.',
  category: 'optimizers',
  makes: 'step',
  role: 'training',
  aliases: ['train', 'trainer', 'fit', 'loop', 'epochs', 'early stopping', 'run'],
  icon: 'player-track-next',
  fields: {
    lengthBy: {
      type: 'choice',
      title: 'Length in',
      default: 'epochs',
      help: 'An epoch is one pass over all training examples, an iteration is one batch.',
      choices: [
        { value: 'epochs', title: 'Epochs' },
        { value: 'iterations', title: 'Iterations' },
      ],
    },
    epochs: {
      ...whole('Epochs', 5, 1, 'How many times the network sees every training example.'),
      essential: true,
      when: { field: 'lengthBy', is: ['epochs'] },
    },
    iterations: {
      ...whole('Iterations', 1000, 1, 'How many batches the network sees.'),
      essential: true,
      when: { field: 'lengthBy', is: ['iterations'] },
    },
    updates: {
      type: 'choice',
      title: 'Updates',
      default: 'in-order',
      choices: [
        { value: 'in-order', title: 'One after the other', help: 'Each step sees what the steps before it changed.' },
        { value: 'together', title: 'All at once', help: 'All gradients are taken at the same weights.' },
      ],
    },
    validate: whole(
      'Validate every',
      0,
      0,
      'After how many iterations the network is tested on validation data; 0 is after every epoch.',
    ),
    checkpoint: whole(
      'Checkpoint every',
      0,
      0,
      'After how many iterations the state is saved; 0 is after every epoch.',
    ),
    patience: whole(
      'Patience',
      0,
      0,
      'Stops when the watched metric has not improved in so many validations; 0 never stops early.',
    ),
    minDelta: {
      type: 'number',
      title: 'Least improvement',
      default: 0,
      min: 0,
      help: 'Smaller changes do not count as an improvement.',
    },
    better: {
      type: 'choice',
      title: 'Better is',
      default: 'auto',
      choices: [
        { value: 'auto', title: 'As the metric says' },
        { value: 'higher', title: 'Higher' },
        { value: 'lower', title: 'Lower' },
      ],
      help: 'For what is watched and may be good either way, such as the mean of a tensor.',
    },
    restoreBest: {
      type: 'switch',
      title: 'Keep the best',
      default: false,
      help: 'At the end, goes back to the weights that did best on validation data.',
    },
    remainder: {
      type: 'choice',
      title: 'Last batch',
      default: 'keep',
      help: 'What happens to an epoch’s last batch where it is smaller than the others.',
      choices: [
        { value: 'keep', title: 'Keep' },
        { value: 'drop', title: 'Drop' },
      ],
    },
    validationBatches: whole(
      'Validation batches',
      10,
      1,
      'How many batches a validation takes where the data has no end.',
    ),
    seed: whole('Seed', 1, 0, 'The same seed gives the same run: first weights, order of examples, dropout.'),
    epochOf: {
      type: 'text',
      title: 'Epoch of',
      default: '',
      placeholder: 'the longest data set',
      help: 'The id of the data set node whose passes are counted; empty takes the longest.',
    },
  },
  inputs: [
    { id: 'steps', title: 'Steps', type: 'step', variadic: true },
    { id: 'monitor', title: 'Watch', type: 'metric', optional: true },
  ],
  outputs: [],
  oftenNext: [],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'The training loop: takes batch after batch and runs the wired optimizer steps in order. A watched metric can stop it early and pick the best weights.',
};

export const examples: KindExample[] = [{ title: 'Five epochs', inputs: {} }];
