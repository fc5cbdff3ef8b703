import type { Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { tensorOn, variableOf } from '../common/operands';
import { numberOf } from '../common/params';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
  Tensor,
  Tf,
} from '../kind';

/** So many numbers of a table can still be told apart as float32 indices, and fit anywhere. */
const MOST = 2 ** 22;

export const face: Face = {
  id: 'n-gram',
  version: 1,
  title: 'N-gram',
  summary: 'Predicts a token from how often it followed the last few.',
  category: 'ops',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['trigram', 'bigram', 'markov chain', 'language model', 'baseline', 'counts', 'witten-bell'],
  icon: 'list-numbers',
  fields: {
    order: {
      type: 'number',
      title: 'Order',
      default: 3,
      min: 1,
      max: 6,
      integer: true,
      essential: true,
      help: 'A token and so many before it, together: 3 looks two tokens back.',
    },
    start: {
      type: 'number',
      title: 'Start token',
      default: 0,
      min: 0,
      integer: true,
      help: 'What is taken to stand before the first token.',
    },
  },
  inputs: [{ id: 'x', title: 'Tokens', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Scores', type: 'tensor' }],
  grad: [],
  due: 'start',
  time: 'causal',
  oftenNext: ['perplexity', 'cross-entropy'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const problem = problemOf(params, x);
  const y = (shape: Spec['shape']): Spec => ({ shape, dtype: 'float32', meaning: 'logits' });
  const classes = x?.classes;
  if (problem || !x?.shape || classes === undefined)
    return { outputs: { y: y(null) }, problems: problem ? [problem] : [] };
  const contexts = classes ** (numberOf(params, 'order') - 1);
  return {
    outputs: { y: { ...y([...x.shape, classes]), classes } },
    variables: [{ slot: 'table', shape: [contexts, classes], role: 'fitted', init: { law: 'zeros' } }],
  };
}

export const docs: KindDocs = {
  text: 'The oldest language model, and the one that a network has to beat: before training it counts, over the training data, which token followed which. Rare contexts lean on shorter ones. At each step it gives the logarithms of the chances of the token that stands there, knowing only those before it.',
  formula: 'p(c | abc…) = (n(ab…c) + d·p(c | b…)) / (n(ab…) + d), d: how many different tokens followed ab…',
  source: 'Shannon, Prediction and entropy of printed English, 1951; Witten and Bell, The zero-frequency problem, 1991',
};

export const examples: KindExample[] = [
  {
    title: 'Three letters together',
    inputs: { x: [{ shape: ['batch', 6], dtype: 'int32', meaning: 'tokens', classes: 4 }] },
  },
  {
    title: 'How often each letter comes',
    params: { order: 1 },
    inputs: { x: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'tokens', classes: 3 }] },
  },
];

function problemOf(params: PlainParams, x: Spec | undefined): Problem | null {
  if (x?.dtype === 'string') return textProblem('N-gram', 'x');
  if (!x?.shape) return null;
  if (x.shape.length !== 2) return rankProblem('N-gram', 'x', x, [2]);
  if (x.classes === undefined)
    return {
      code: 'unknown-static',
      severity: 'error',
      port: 'x',
      message:
        'N-gram counts every token, so it must be known how many there are; this input does not say. Wire the tokens of a data set.',
      expected: 'tokens of a known number',
      received: x.meaning,
    };
  const order = numberOf(params, 'order');
  if (x.classes ** order <= MOST) return null;
  const fits = Math.max(1, Math.floor(Math.log(MOST) / Math.log(x.classes)));
  return {
    code: 'param-range',
    severity: 'error',
    param: 'order',
    message: `With ${x.classes} tokens, ${order} of them together make ${x.classes ** order} counts; at most ${MOST.toLocaleString('en-US')} can be kept.`,
    expected: `at most ${fits}`,
    received: String(order),
    remedies: [{ title: `Set order to ${fits}`, set: { order: fits } }],
  };
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const tokens = tensorOn(inputs, 'x');
    const table = variableOf(variables, 'table');
    const places = contextsOf(tf, tokens, table.shape[1] ?? 1, params);
    return { outputs: { y: tf.gather(table, places) } };
  },
  fit: {
    combine: 'concat',
    measure: (tf, { inputs }) => ({ tokens: tf.reshape(tf.cast(tensorOn(inputs, 'x'), 'float32'), [-1]) }),
    hold({ tokens = [] }, params, specs) {
      const [x] = specs.x ?? [];
      const [order, classes, length] = [numberOf(params, 'order'), x?.classes ?? 1, Number(x?.shape?.[1])];
      const table = tableOf(tokens, { order, classes, length, start: numberOf(params, 'start') });
      return { table: { data: table, shape: [classes ** (order - 1), classes] } };
    },
  },
};

/** For each step the number of what stands before it: the last token counts most, `Σ token[t−k]·classes^(order−1−k)`. */
function contextsOf(tf: Tf, tokens: Tensor, classes: number, params: PlainParams): Tensor {
  const [batch = 0, time = 0] = tokens.shape;
  const x = tf.cast(tokens, 'float32');
  let places: Tensor = tf.zeros([batch, time]);
  for (let back = numberOf(params, 'order') - 1; back >= 1; back--) {
    const kept = Math.max(0, time - back);
    const before = tf.fill([batch, time - kept], numberOf(params, 'start'));
    places = tf.add(tf.mul(places, classes), tf.concat([before, tf.slice(x, [0, 0], [batch, kept])], 1));
  }
  return tf.cast(places, 'int32');
}

interface Counting {
  order: number;
  classes: number;
  /** Of a row. */
  length: number;
  start: number;
}

/** Logarithms of the chances of each token after each context, by Witten and Bell's interpolation with shorter ones. */
function tableOf(tokens: ArrayLike<number>, { order, classes, length, start }: Counting): Float32Array {
  let shorter = new Float64Array(classes).fill(1 / classes);
  for (let size = 1; size <= order; size++) {
    const counts = new Float64Array(classes ** size);
    for (let at = 0; at < tokens.length; at++) {
      let place = 0;
      for (let back = size - 1; back >= 0; back--)
        place = place * classes + ((at % length) - back < 0 ? start : (tokens[at - back] ?? 0));
      counts[place] = (counts[place] ?? 0) + 1;
    }
    const chances = new Float64Array(counts.length);
    for (let context = 0; context < counts.length; context += classes) {
      const own = counts.subarray(context, context + classes);
      const total = own.reduce((sum, count) => sum + count, 0);
      const kinds = own.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
      for (let token = 0; token < classes; token++) {
        const lean = shorter[(context + token) % shorter.length] ?? 0;
        chances[context + token] = total === 0 ? lean : ((own[token] ?? 0) + kinds * lean) / (total + kinds);
      }
    }
    shorter = chances;
  }
  return Float32Array.from(shorter, Math.log);
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer of counts' }),
  torch: () => ({ unsupported: 'it counts while training and has no layer' }),
  onnx: () => ({ unsupported: 'it counts while training and has no operator' }),
};
