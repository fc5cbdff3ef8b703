import { required } from '@/lib/base/invariant';
import type { Environment } from '@/lib/environments/environment';
import { environments } from '@/lib/environments/environments.generated';
import type { Spec } from '@/lib/tensor/spec';
import { blockFields, blockInputs, blockTensors, resultsOf } from '../common/caller';
import { drawClass } from '../common/draw-class';
import { rankProblem } from '../common/inference';
import { hostNumber } from '../common/live';
import { numberOf, textOf } from '../common/params';
import type {
  BlockCall,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
  Random,
  Tensor,
  Tf,
} from '../kind';

export const face: Face = {
  id: 'rollout',
  version: 1,
  title: 'Rollout',
  summary: 'Plays episodes of a world with a policy.',
  category: 'data',
  makes: 'data',
  role: 'source',
  learns: true,
  aliases: ['environment', 'episode', 'reinforcement learning', 'gym', 'agent', 'policy', 'rl', 'cartpole'],
  icon: 'device-gamepad-2',
  fields: {
    environment: {
      type: 'choice',
      title: 'World',
      default: 'cartpole',
      essential: true,
      choices: Object.values(environments).map(({ id, title, summary }) => ({ value: id, title, help: summary })),
    },
    ...blockFields('The policy: observations go in, a score for each action comes out.'),
    envs: {
      type: 'number',
      title: 'Episodes',
      default: 16,
      min: 1,
      max: 4096,
      soft: [1, 64],
      integer: true,
      essential: true,
      help: 'How many are played side by side, from fresh starts each time.',
    },
    horizon: {
      type: 'number',
      title: 'Steps',
      default: 200,
      min: 1,
      max: 10_000,
      soft: [10, 500],
      integer: true,
      help: 'An episode ends after so many steps at the latest.',
    },
    discount: {
      type: 'number',
      title: 'Discount',
      default: 0.99,
      min: 0,
      max: 1,
      step: 0.01,
      live: true,
      help: 'What a reward is worth one step earlier.',
    },
  },
  inputs: (params, env) => blockInputs(params, env, 1),
  outputs: [
    { id: 'observation', title: 'Observation', type: 'tensor' },
    { id: 'action', title: 'Action', type: 'tensor' },
    { id: 'return', title: 'Return', type: 'tensor' },
    { id: 'mask', title: 'Played', type: 'tensor' },
    { id: 'episodeReturn', title: 'Episode return', type: 'tensor' },
  ],
  rng: 'iteration',
  calls: {
    field: 'block',
    first: true,
    evaluates: true,
    times: (params) => numberOf(params, 'horizon'),
    enter({ params, inputs, env }) {
      const [first = 'observation', ...rest] = blockTensors(params, env)?.inputs ?? [];
      const entered: Record<string, Spec> = { [first]: observed(params, numberOf(params, 'envs')) };
      for (const port of rest) if (inputs[port]?.[0]) entered[port] = inputs[port][0];
      return entered;
    },
  },
  oftenNext: ['instance', 'policy-gradient', 'mean-metric', 'normalise-batch'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const envs = numberOf(params, 'envs');
  const rows = envs * numberOf(params, 'horizon');
  const actions = environmentOf(params).actions.length;
  return {
    outputs: {
      observation: observed(params, rows),
      action: { shape: [rows], dtype: 'int32', meaning: 'action', classes: actions },
      return: { shape: [rows], dtype: 'float32', meaning: 'reward' },
      mask: { shape: [rows], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] },
      episodeReturn: { shape: [envs], dtype: 'float32', meaning: 'reward' },
    },
    problems: scoreProblems(resultsOf(inputs), actions),
  };
}

export const docs: KindDocs = {
  text: 'Lets the policy act in a world and gives what it saw, what it did and what came of it: for each step the sum of the rewards that followed. While training it acts by chance, as its scores say; in validation it takes the best action. Steps after an episode’s end are filled with zeros and masked.',
  formula: 'aₜ ~ softmax(policy(oₜ)),  Gₜ = rₜ + γ·Gₜ₊₁',
  source: 'Williams, Simple statistical gradient-following algorithms for connectionist reinforcement learning, 1992',
};

export const examples: KindExample[] = [
  {
    title: 'Cart and pole',
    params: { envs: 3, horizon: 6 },
    inputs: { '$out.y': [{ shape: [3, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Catch',
    params: { environment: 'catch', envs: 2, horizon: 12, discount: 0.9 },
    inputs: { '$out.y': [{ shape: [2, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

const environmentOf = (params: PlainParams): Environment =>
  required(environments[textOf(params, 'environment')], 'the world');

function observed(params: PlainParams, rows: number): Spec {
  const { shape, ...spec } = environmentOf(params).observation;
  return { ...spec, shape: [rows, ...shape] };
}

/** The policy gives one score for each action. */
function scoreProblems(results: Record<string, Spec>, actions: number): Problem[] {
  const [result] = Object.entries(results);
  if (!result?.[1].shape) return [];
  const [output, spec] = result;
  const port = `$out.${output}`;
  if (spec.shape?.length !== 2) return [rankProblem('The policy', port, spec, [2])];
  const units = spec.shape[1];
  if (units === actions || typeof units !== 'number') return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port,
      message: `This world has ${actions} actions, so the policy must give ${actions} scores, not ${units}.`,
      expected: `${actions} scores`,
      received: `${units} scores`,
      remedies: [{ title: `Set units to ${actions}`, setSource: { port, set: { units: actions } } }],
    },
  ];
}

/** What has been played so far, row by row: all steps of the first episode, then those of the second. */
interface Played {
  observation: Float32Array;
  action: Int32Array;
  reward: Float64Array;
  mask: Float32Array;
}

export const run: KindRun = {
  as: 'source',
  run(tf, { params, numbers, inputs, mode, random, body }) {
    const world = environmentOf(params);
    const [envs, horizon] = [numberOf(params, 'envs'), numberOf(params, 'horizon')];
    const played = play(tf, { world, envs, horizon, greedy: mode === 'evaluation', random }, (observation, t) => {
      const block: BlockCall = required(body, 'the policy');
      const [first = '', ...rest] = block.inputs;
      const given: Record<string, Tensor> = { [first]: observation };
      for (const port of rest) if (inputs[port]?.[0]) given[port] = inputs[port][0];
      return required(block.run(given, t)[block.outputs[0] ?? ''], 'scores of the actions');
    });
    const discount = hostNumber(numbers.discount ?? numberOf(params, 'discount'));
    const returns = new Float32Array(envs * horizon);
    const sums = new Float32Array(envs);
    for (let episode = 0; episode < envs; episode++) {
      let [ahead, sum] = [0, 0];
      for (let row = (episode + 1) * horizon - 1; row >= episode * horizon; row--) {
        ahead = (played.reward[row] ?? 0) + discount * ahead;
        sum += played.reward[row] ?? 0;
        returns[row] = ahead;
      }
      sums[episode] = sum;
    }
    return {
      outputs: {
        observation: tf.tensor(played.observation, [envs * horizon, ...world.observation.shape]),
        action: tf.tensor1d(played.action, 'int32'),
        return: tf.tensor1d(returns),
        mask: tf.tensor1d(played.mask),
        episodeReturn: tf.tensor1d(sums),
      },
    };
  },
};

interface Game {
  world: Environment;
  envs: number;
  horizon: number;
  /** The best action each time. */
  greedy: boolean;
  random: Random;
}

/** Plays all episodes step by step. */
function play(
  tf: Tf,
  { world, envs, horizon, greedy, random }: Game,
  policy: (observation: Tensor, t: number) => Tensor,
): Played {
  const size = world.observation.shape.reduce((product, length) => product * length, 1);
  const rows = envs * horizon;
  const played: Played = {
    observation: new Float32Array(rows * size),
    action: new Int32Array(rows),
    reward: new Float64Array(rows),
    mask: new Float32Array(rows),
  };
  const starts = random.uniform([envs, world.draws]).dataSync();
  const draws = greedy ? undefined : random.uniform([horizon, envs]).dataSync();
  const states = Array.from({ length: envs }, (_, i) =>
    world.start(starts.slice(i * world.draws, (i + 1) * world.draws)),
  );
  const over = new Array<boolean>(envs).fill(false);
  for (let t = 0; t < horizon && over.includes(false); t++) {
    const seen = Float32Array.from(states.flatMap((state) => world.observe(state)));
    const scores = tf.tidy(() => policy(tf.tensor(seen, [envs, ...world.observation.shape]), t).dataSync());
    for (let i = 0; i < envs; i++) {
      if (over[i]) continue;
      const row = i * horizon + t;
      const action = drawClass(
        scores.slice(i * world.actions.length, (i + 1) * world.actions.length),
        draws?.[t * envs + i],
      );
      const step = world.step(states[i] ?? [], action);
      played.observation.set(seen.subarray(i * size, (i + 1) * size), row * size);
      played.action[row] = action;
      played.reward[row] = step.reward;
      played.mask[row] = 1;
      states[i] = step.state;
      over[i] = step.done;
    }
  }
  return played;
}
