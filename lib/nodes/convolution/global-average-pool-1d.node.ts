import { emitGlobalAverage, inferGlobalPool, runGlobalAverage } from '../global-pool-layer';
import type { Face, KindRun } from '../kind';

export const face: Face = {
  id: 'global-average-pool-1d',
  version: 1,
  title: 'Global average 1D',
  summary: 'The mean of each channel over the whole sequence.',
  category: 'convolution',
  makes: 'layer',
  role: 'op',
  aliases: ['global pooling', 'pool', 'squeeze', 'sequence', 'gap'],
  icon: 'arrows-minimize',
  fields: {},
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'mixing',
  infer: (context) => inferGlobalPool('Global average 1D', 1, context),
  docs: {
    text: 'Leaves one number for each channel: how strongly it answered over the whole sequence, however long that is.',
    formula: 'y[c] = mean over t of x[t, c]',
    source: 'Lin et al., Network in network, 2014; Keras 3 GlobalAveragePooling1D',
  },
  examples: [
    {
      title: 'A sequence',
      inputs: { x: [{ shape: ['batch', 5, 3], dtype: 'float32', meaning: 'features' }] },
    },
  ],
  oftenNext: ['dense', 'dropout'],
};

export const run: KindRun = { as: 'op', run: runGlobalAverage };

export const emit = emitGlobalAverage(1);
