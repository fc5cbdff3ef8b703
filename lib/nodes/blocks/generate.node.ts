import { required } from '@/lib/base/invariant';
import type { PortId } from '@/lib/graph/document';
import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import { blockFields, blockInputs, blockTensors, NO_FILE_FORMAT, resultsOf, tensorsOn } from '../common/caller';
import { drawClass } from '../common/draw-class';
import { rankProblem, specOn } from '../common/inference';
import { hostNumber, liveNumber } from '../common/live';
import { numberOf, optionalNumberOf } from '../common/params';
import type {
  BlockCall,
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  OpStates,
  Problem,
  Tensor,
  Tf,
} from '../kind';

const PROMPT: PortId = 'prompt';

export const face: Face = {
  id: 'generate',
  version: 1,
  title: 'Generate',
  summary: 'Writes a sequence, one token after the other.',
  category: 'blocks',
  makes: 'op',
  role: 'op',
  host: true,
  learns: true,
  aliases: ['sample text', 'decode', 'language model', 'autoregressive', 'greedy', 'top-k', 'caption', 'write'],
  icon: 'writing',
  fields: {
    ...blockFields('Tokens so far go in, for each step scores of the next token come out.'),
    length: {
      type: 'number',
      title: 'Length',
      default: 16,
      min: 1,
      max: 10_000,
      soft: [1, 500],
      integer: true,
      essential: true,
      help: 'How many tokens a sequence has, prompt included; shorter ones are filled up.',
    },
    temperature: {
      type: 'number',
      title: 'Temperature',
      default: 1,
      min: 0,
      soft: [0, 2],
      step: 0.05,
      live: true,
      essential: true,
      help: 'Below 1 likely tokens become likelier, above 1 all become more alike. 0 always takes the best.',
    },
    topK: {
      type: 'optional-number',
      title: 'Among the best',
      default: null,
      min: 1,
      integer: true,
      none: 'all',
      help: 'Only so many of the best tokens may be drawn.',
    },
    start: {
      type: 'number',
      title: 'Start token',
      default: 0,
      min: 0,
      integer: true,
      help: 'What the block sees before the first token; the same as in Shift right.',
    },
    end: {
      type: 'optional-number',
      title: 'End token',
      default: null,
      min: 0,
      integer: true,
      none: 'none',
      help: 'A sequence is over once it is drawn.',
    },
    padding: {
      type: 'number',
      title: 'Padding token',
      default: 0,
      min: 0,
      integer: true,
      help: 'What fills up a sequence that has ended.',
    },
    count: {
      type: 'number',
      title: 'Sequences',
      default: 1,
      min: 1,
      max: 4096,
      integer: true,
      help: 'How many are written where nothing is wired that says so.',
    },
  },
  inputs: (params, env) => {
    const contexts = blockInputs(params, env, 1);
    const taken = contexts.some(({ id }) => id === PROMPT);
    return [...contexts, ...(taken ? [] : [{ id: PROMPT, title: 'Prompt', type: 'tensor', optional: true } as const])];
  },
  outputs: [
    { id: 'y', title: 'Tokens', type: 'tensor' },
    { id: 'mask', title: 'Written', type: 'tensor' },
  ],
  grad: [],
  rng: 'iteration',
  calls: {
    field: 'block',
    first: true,
    evaluates: true,
    causal: true,
    times: (params) => numberOf(params, 'length'),
    enter(context) {
      const [tokens = 'tokens', ...contexts] = blockTensors(context.params, context.env)?.inputs ?? [];
      const shape = [rowsOf(context), numberOf(context.params, 'length')];
      const entered: Record<PortId, Spec> = { [tokens]: { shape, dtype: 'int32', meaning: 'tokens' } };
      for (const port of contexts) {
        const spec = specOn(context.inputs, port);
        if (spec) entered[port] = spec;
      }
      return entered;
    },
  },
  oftenNext: ['text-samples', 'exact-match', 'output'],
};

export function infer(context: InferContext): Inference {
  const { params, inputs } = context;
  const shape = [rowsOf(context), numberOf(params, 'length')];
  const [result] = Object.entries(resultsOf(inputs));
  const classes = result?.[1].shape?.at(-1);
  return {
    outputs: {
      y: { shape, dtype: 'int32', meaning: 'tokens', ...(typeof classes === 'number' && { classes }) },
      mask: { shape, dtype: 'float32', meaning: 'sample-weight', range: [0, 1] },
    },
    problems: [...scoreProblems(result), ...promptProblems(context)],
  };
}

export const docs: KindDocs = {
  text: 'Asks the block what comes next, draws a token from the answer, appends it and asks again. The block is the same that was trained on sequences shifted by one step. What else it takes in, such as the features of a picture, is wired here. It always runs as in use, without dropout.',
  formula: 'tokenₜ ~ softmax(block(start, token₀ … tokenₜ₋₁)ₜ / temperature)',
  source: 'Graves, Generating sequences with recurrent neural networks, 2013; Fan et al. (top-k), 2018',
};

export const examples: KindExample[] = [
  {
    title: 'Two sequences out of nothing',
    params: { length: 4, count: 2 },
    inputs: { '$out.y': [{ shape: [2, 4, 5], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A prompt goes on until it ends',
    params: { length: 6, temperature: 0.7, topK: 3, end: 1 },
    inputs: {
      prompt: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'tokens', classes: 5 }],
      '$out.y': [{ shape: ['batch', 6, 5], dtype: 'float32', meaning: 'features' }],
    },
  },
];

/** One sequence for each row of what is wired; else as many as `count` says. */
function rowsOf({ params, inputs }: InferContext): Dim {
  for (const [port, [spec]] of Object.entries(inputs))
    if (spec && !port.startsWith('$out.')) return spec.shape?.[0] ?? null;
  return numberOf(params, 'count');
}

function scoreProblems(result: [PortId, Spec] | undefined): Problem[] {
  if (!result?.[1].shape || result[1].shape.length === 3) return [];
  const port = `$out.${result[0]}`;
  return [
    {
      ...rankProblem('Generate', port, result[1], [3]),
      message: `Generate needs scores of the next token for every step (batch × time × tokens), but the block gives ${formatShape(result[1].shape)}.`,
      expected: 'batch × time × tokens',
    },
  ];
}

function promptProblems({ params, inputs }: InferContext): Problem[] {
  const prompt = specOn(inputs, PROMPT);
  if (!prompt?.shape) return [];
  if (prompt.dtype === 'string' || prompt.shape.length !== 2)
    return [
      {
        code: prompt.dtype === 'string' ? 'dtype-mismatch' : 'shape-mismatch',
        severity: 'error',
        port: PROMPT,
        message: `A prompt is one row of tokens for each sequence, not ${prompt.dtype === 'string' ? 'text' : formatShape(prompt.shape)}.`,
        expected: 'batch×time of int32',
        received: `${formatShape(prompt.shape)} of ${prompt.dtype}`,
      },
    ];
  const [, given] = prompt.shape;
  if (typeof given !== 'number' || given <= numberOf(params, 'length')) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: PROMPT,
      message: `The prompt of ${given} tokens is longer than what is to be written, ${numberOf(params, 'length')} tokens.`,
      expected: `at most ${numberOf(params, 'length')} tokens`,
      received: `${given} tokens`,
      remedies: [{ title: `Set length to ${2 * given}`, set: { length: 2 * given } }],
    },
  ];
}

/** Sequences as they grow, row by row. */
interface Written {
  tokens: Int32Array;
  mask: Float32Array;
  rows: number;
  length: number;
}

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs, random, body } = context;
    const block = required(body, 'the block');
    const prompt = inputs[PROMPT]?.[0];
    const given = tensorsOn(inputs, block.inputs.slice(1));
    const rows = Object.values(inputs).flat()[0]?.shape[0] ?? numberOf(params, 'count');
    const length = numberOf(params, 'length');
    const prompted = prompt?.shape[1] ?? 0;
    const written: Written = {
      tokens: new Int32Array(rows * length).fill(numberOf(params, 'padding')),
      mask: new Float32Array(rows * length),
      rows,
      length,
    };
    const first = prompt?.dataSync();
    for (let row = 0; row < rows; row++)
      for (let at = 0; at < prompted; at++) {
        written.tokens[row * length + at] = first?.[row * prompted + at] ?? 0;
        written.mask[row * length + at] = 1;
      }
    const draws = random.uniform([rows, length]).dataSync();
    const temperature = hostNumber(liveNumber(context, 'temperature'));
    const among = optionalNumberOf(params, 'topK') ?? undefined;
    const end = optionalNumberOf(params, 'end');
    const ask = asking(tf, block, given, written, numberOf(params, 'start'));
    const over = new Array<boolean>(rows).fill(false);
    for (let at = prompted; at < length && over.includes(false); at++) {
      const scores = ask(at);
      const classes = scores.length / rows;
      for (let row = 0; row < rows; row++) {
        if (over[row]) continue;
        const place = row * length + at;
        const token = drawClass(scores.slice(row * classes, (row + 1) * classes), draws[place], temperature, among);
        written.tokens[place] = token;
        written.mask[place] = 1;
        over[row] = token === end;
      }
    }
    return {
      outputs: {
        y: tf.tensor2d(written.tokens, [rows, length], 'int32'),
        mask: tf.tensor2d(written.mask, [rows, length]),
      },
    };
  },
};

/**
 * Scores of the token at a step, `[rows, tokens]` as a list: from the steps since the last question where the block
 * remembers the others, else from the whole sequence, filled up.
 */
function asking(
  tf: Tf,
  block: BlockCall,
  given: Record<PortId, Tensor>,
  { tokens, rows, length }: Written,
  start: number,
): (at: number) => ArrayLike<number> & { slice(from: number, to: number): ArrayLike<number> } {
  const states: OpStates = new Map();
  let seen = 0;
  return (at) => {
    const [from, to] = block.steps ? [seen, at + 1] : [0, length];
    seen = to;
    const shown = new Int32Array(rows * (to - from));
    for (let row = 0; row < rows; row++)
      for (let step = from; step < to; step++)
        shown[row * (to - from) + step - from] = step === 0 ? start : (tokens[row * length + step - 1] ?? 0);
    const sequence = tf.tensor2d(shown, [rows, to - from], 'int32');
    const made = block.run({ ...given, [block.inputs[0] ?? '']: sequence }, at, block.steps ? states : undefined);
    const scores = required(made[block.outputs[0] ?? ''], 'scores of the next token');
    const classes = scores.shape[2] ?? 1;
    const last = tf.slice(scores, [0, at - from, 0], [rows, 1, classes]);
    return last.dataSync() as Float32Array;
  };
}

export const emit: Emit = { keras: () => NO_FILE_FORMAT, torch: () => NO_FILE_FORMAT, onnx: () => NO_FILE_FORMAT };
