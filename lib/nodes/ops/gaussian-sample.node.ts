import { inferElementwise } from '../common/merge';
import { floatOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'gaussian-sample',
  version: 1,
  title: 'Gaussian sample',
  summary: 'Draws around a mean, so that learning can pass.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['reparameterisation', 'reparametrization', 'sampling', 'vae', 'latent', 'z'],
  icon: 'wave-sine',
  fields: {},
  inputs: [
    { id: 'mu', title: 'Mean', type: 'tensor' },
    { id: 'logvar', title: 'Log-variance', type: 'tensor' },
  ],
  outputs: [{ id: 'z', title: 'Sample', type: 'tensor' }],
  second: true,
  evaluation: 'own',
  rng: 'iteration',
  time: 'pointwise',
  passThrough: { input: 'mu', output: 'z' },
  oftenNext: ['dense', 'instance', 'kl-normal'],
};

export function infer({ inputs }: InferContext): Inference {
  const { outputs, ...rest } = inferElementwise('Gaussian sample', [
    { port: 'mu', spec: inputs.mu?.[0] },
    { port: 'logvar', spec: inputs.logvar?.[0] },
  ]);
  return { ...rest, outputs: { z: { shape: outputs.y?.shape ?? null, dtype: 'float32', meaning: 'latent' } } };
}

export const docs: KindDocs = {
  text: 'Adds noise of the given spread to the mean. The noise itself is not learned, so gradients reach both. In use the mean is given.',
  formula: 'z = μ + exp(½·logvar) ⊙ ε, ε ~ N(0, 1)',
  source: 'Kingma and Welling, Auto-encoding variational Bayes, 2014',
};

export const examples: KindExample[] = [
  {
    title: 'Two numbers',
    inputs: {
      mu: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      logvar: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, mode, random }) {
    const mu = floatOn(tf, inputs, 'mu');
    if (mode === 'evaluation') return { outputs: { z: tf.clone(mu) } };
    const deviation = tf.exp(tf.mul(floatOn(tf, inputs, 'logvar'), 0.5));
    return { outputs: { z: tf.add(mu, tf.mul(deviation, random.normal(mu.shape))) } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that draws samples; export the mean instead' }),
  torch: () => ({
    channels: 'either',
    forward: ({ on }) => ({
      z: `${on('mu')} + torch.exp(0.5 * ${on('logvar')}) * torch.randn_like(${on('mu')}) if self.training else ${on('mu')}`,
    }),
  }),
  // In use it is the mean.
  onnx: () => ({ channels: 'either', write: ({ on }) => ({ z: on('mu') }) }),
};
