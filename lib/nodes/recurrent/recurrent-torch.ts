import { torchActivation, torchActivationHelpers } from '../common/activation-emission';
import { flagOf, numberOf, textOf } from '../common/params';
import type { CELLS } from '../common/recurrent-cells';
import type { EmitContext, MakeWeight, PlainParams, TorchEmission, TorchPlace } from '../kind';
import { gatedBias, gatedKernel } from './recurrent-weights';

/** How recurrent layers are written for PyTorch. Dropout between their steps stays behind: `nn.LSTM` has none. */

type CellId = keyof typeof CELLS;

const STATES = { lstm: ['hidden', 'memory'], gru: ['hidden'], 'simple-rnn': ['hidden'] };

/** PyTorch's gates are input, forget, candidate, output, as ours, and reset, update, candidate. */
const ORDERS = { lstm: [0, 1, 2, 3], gru: [1, 0, 2], 'simple-rnn': [0] };

/** PyTorch's own GRU resets after the product only. */
const RESET_BEFORE = `
class ResetBeforeGRU(nn.GRU):
    """A GRU that resets its state before the recurrent product."""

    def forward(self, x, state=None):
        h = x.new_zeros(x.shape[0], self.hidden_size) if state is None else state[0]
        w_gates, w_new = self.weight_hh_l0.split([2 * self.hidden_size, self.hidden_size])
        steps = []
        for projected in F.linear(x, self.weight_ih_l0, self.bias_ih_l0 if self.bias else None).unbind(1):
            gates, new = projected.split([2 * self.hidden_size, self.hidden_size], dim=1)
            reset, update = torch.sigmoid(gates + F.linear(h, w_gates)).chunk(2, dim=1)
            new = torch.tanh(new + F.linear(reset * h, w_new))
            h = update * h + (1 - update) * new
            steps.append(h)
        return torch.stack(steps, dim=1), h.unsqueeze(0)
`;

/** PyTorch's own RNN knows tanh and ReLU. */
const ANY_RNN = `
class AnyRNN(nn.RNN):
    """A simple recurrent layer with any activation."""

    def __init__(self, input_size, hidden_size, activation, **options):
        super().__init__(input_size, hidden_size, **options)
        self.activation = activation

    def forward(self, x, state=None):
        h = x.new_zeros(x.shape[0], self.hidden_size) if state is None else state[0]
        steps = []
        for projected in F.linear(x, self.weight_ih_l0, self.bias_ih_l0 if self.bias else None).unbind(1):
            h = self.activation(projected + F.linear(h, self.weight_hh_l0, self.bias_hh_l0 if self.bias else None))
            steps.append(h)
        return torch.stack(steps, dim=1), h.unsqueeze(0)
`;

const READ_MASKED = `
def read_masked(layer, x, mask, state=None, zeros=False):
    """Runs a recurrent layer step by step. Where the mask is 0, its state stays, and its output is that of the step
    before or, where \`zeros\` says so, 0."""
    if state is None:
        state = x.new_zeros(1, x.shape[0], layer.hidden_size)
        state = (state, state) if isinstance(layer, nn.LSTM) else state
    output = x.new_zeros(x.shape[0], layer.hidden_size)
    steps = []
    for t in range(x.shape[1]):
        read = (mask[:, t] != 0).unsqueeze(1)
        step, after = layer(x[:, t : t + 1], state)
        if isinstance(after, tuple):
            state = tuple(torch.where(read, new, old) for new, old in zip(after, state))
        else:
            state = torch.where(read, after, state)
        output = torch.where(read, step[:, 0], torch.zeros_like(output) if zeros else output)
        steps.append(output)
    return torch.stack(steps, dim=1), state
`;

const BOTH_WAYS = `
class BothWays(nn.Module):
    """Two recurrent layers that read a sequence from its two ends; answers what each says at every step, in order."""

    def __init__(self, ahead, back):
        super().__init__()
        self.ahead = ahead
        self.back = back

    def forward(self, x, mask=None, zeros=False):
        if mask is None:
            return self.ahead(x)[0], self.back(x.flip(1))[0].flip(1)
        ahead, _ = read_masked(self.ahead, x, mask, zeros=zeros)
        back, _ = read_masked(self.back, x.flip(1), mask.flip(1), zeros=zeros)
        return ahead, back.flip(1)
`;

interface Layer {
  code: string;
  helpers: string[];
  /** It is a class of PyTorch. */
  own: boolean;
}

function layerOf(cell: CellId, { params, inputs }: Pick<EmitContext, 'params' | 'inputs'>, more: string[] = []): Layer {
  const sizes = [String(Number(inputs.x?.[0]?.shape?.at(-1))), String(numberOf(params, 'units'))];
  const options = [...(flagOf(params, 'bias') ? [] : ['bias=False']), 'batch_first=True', ...more];
  const made = (module: string, extra: string[] = [], helpers: string[] = []): Layer => ({
    code: `${module}(${[...sizes, ...extra, ...options].join(', ')})`,
    helpers,
    own: helpers.length === 0,
  });
  if (cell === 'lstm') return made('nn.LSTM');
  if (cell === 'gru') return flagOf(params, 'resetAfter') ? made('nn.GRU') : made('ResetBeforeGRU', [], [RESET_BEFORE]);
  const activation = textOf(params, 'activation');
  if (activation === 'tanh') return made('nn.RNN');
  if (activation === 'relu') return made('nn.RNN', ['nonlinearity="relu"']);
  const { helpers = [] } = torchActivationHelpers(activation, [ANY_RNN]);
  return made('AnyRNN', [`lambda x: ${torchActivation(activation, 'x', -1)}`], helpers);
}

/** Weights of a layer of one direction by PyTorch's names. */
function weightsOf(cell: CellId, params: PlainParams, prefix = '', suffix = ''): Record<string, MakeWeight> {
  const gates = { order: ORDERS[cell], units: numberOf(params, 'units'), prefix };
  return {
    [`weight_ih_l0${suffix}`]: gatedKernel('kernel', gates),
    [`weight_hh_l0${suffix}`]: gatedKernel('recurrent_kernel', gates),
    ...(flagOf(params, 'bias') && {
      [`bias_ih_l0${suffix}`]: gatedBias(0, gates),
      [`bias_hh_l0${suffix}`]: gatedBias(1, gates),
    }),
  };
}

/** A layer that reads in one direction, with mask and states where they are wired. */
export function torchRecurrent(cell: CellId, context: EmitContext): TorchEmission {
  const { params, inputs } = context;
  const { code, helpers } = layerOf(cell, context);
  const masked = (inputs.mask?.length ?? 0) > 0;
  const turned = (x: string) => (flagOf(params, 'backwards') ? `${x}.flip(1)` : x);
  return {
    module: code,
    weights: weightsOf(cell, params),
    helpers: masked ? [...helpers, READ_MASKED] : helpers,
    forward(place) {
      const { self, on, keep } = place;
      const state = startState(cell, place);
      const after = state === null ? '' : `, ${state}`;
      const call = masked
        ? `read_masked(${self}, ${turned(on('x'))}, ${turned(on('mask'))}${after})`
        : `${self}(${turned(on('x'))}${after})`;
      const steps = (result: string) => (textOf(params, 'gives') === 'every' ? `${result}[0]` : `${result}[0][:, -1]`);
      if (!flagOf(params, 'state')) return { y: steps(call) };
      const result = keep('read', call);
      const last = (at: number) => (cell === 'lstm' ? `${result}[1][${at}][0]` : `${result}[1][0]`);
      return { y: steps(result), ...Object.fromEntries(STATES[cell].map((port, at) => [port, last(at)])) };
    },
  };
}

/** What is wired to the states, as PyTorch takes it: with an axis for the layer in front. */
function startState(cell: CellId, { inputs }: TorchPlace): string | null {
  const given = STATES[cell].map((port) => inputs[port]?.[0]);
  const some = given.find((one) => one !== undefined);
  if (some === undefined) return null;
  const all = given.map((one) => `${one ?? `torch.zeros_like(${some})`}.unsqueeze(0)`);
  return cell === 'lstm' ? `(${all.join(', ')})` : (all[0] ?? null);
}

const MERGES: Record<string, (a: string, b: string) => string> = {
  concat: (a, b) => `torch.cat([${a}, ${b}], dim=-1)`,
  sum: (a, b) => `${a} + ${b}`,
  average: (a, b) => `(${a} + ${b}) / 2`,
  multiply: (a, b) => `${a} * ${b}`,
};

/** The expression of what two directions say together. */
export const torchMerged =
  (merge: string) =>
  (a: string, b: string): string =>
    MERGES[merge]?.(a, b) ?? '';

/** Two layers that read from both ends; `nn.LSTM` and its like do both where nothing special is asked of them. */
export function torchBothWays(cell: CellId, context: EmitContext, prefixes: [string, string]): TorchEmission {
  const { params, inputs } = context;
  const masked = (inputs.mask?.length ?? 0) > 0;
  const every = textOf(params, 'gives') === 'every';
  const merge = textOf(params, 'merge');
  const merged = torchMerged(merge);
  const [ahead, back] = prefixes;
  const layer = layerOf(cell, context, ['bidirectional=True']);
  if (layer.own && !masked) {
    return {
      module: layer.code,
      weights: { ...weightsOf(cell, params, ahead), ...weightsOf(cell, params, back, '_reverse') },
      forward({ self, on, keep }) {
        if (every && merge === 'concat') return { y: `${self}(${on('x')})[0]` };
        if (every) {
          const both = keep('both', `${self}(${on('x')})[0].chunk(2, dim=-1)`);
          return { y: merged(`${both}[0]`, `${both}[1]`) };
        }
        const last = keep('last', cell === 'lstm' ? `${self}(${on('x')})[1][0]` : `${self}(${on('x')})[1]`);
        return { y: merged(`${last}[0]`, `${last}[1]`) };
      },
    };
  }
  const one = layerOf(cell, context);
  const under = (name: string, weights: Record<string, MakeWeight>) =>
    Object.fromEntries(Object.entries(weights).map(([key, make]) => [`${name}.${key}`, make]));
  return {
    module: `BothWays(${one.code}, ${one.code})`,
    weights: { ...under('ahead', weightsOf(cell, params, ahead)), ...under('back', weightsOf(cell, params, back)) },
    helpers: [...one.helpers, READ_MASKED, BOTH_WAYS],
    forward({ self, on, keep }) {
      const mask = masked ? `, ${on('mask')}${every ? ', zeros=True' : ''}` : '';
      const both = keep('both', `${self}(${on('x')}${mask})`);
      return { y: every ? merged(`${both}[0]`, `${both}[1]`) : merged(`${both}[0][:, -1]`, `${both}[1][:, 0]`) };
    },
  };
}
