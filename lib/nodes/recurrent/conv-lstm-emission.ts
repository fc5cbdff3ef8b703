import { onnxActivation, torchActivation, torchActivationHelpers } from '../common/activation-emission';
import { convKernel, innerAxes } from '../common/conv-emission';
import { convWindow } from '../common/conv-layer';
import { asIs } from '../common/make-weight';
import { flagOf, numberOf, textOf } from '../common/params';
import { onnxSliding, padsOf, type Sliding, torchPads } from '../common/sliding';
import { torchSize } from '../common/torch-layer';
import type {
  EmitContext,
  MakeWeight,
  OnnxEmission,
  OnnxPlace,
  PlainParams,
  TorchEmission,
  Unsupported,
} from '../kind';
import { CONV_LSTM as CELL, recurrentWindow } from './conv-lstm-layer';
import { onnxSteps, type Reading, zeros } from './recurrent-onnx';

/** How a convolutional LSTM is written for PyTorch and ONNX: channels stand before height and width inside. */

/** Windows over a frame and over what is remembered, and the numbers of channels. */
function windows({ params, inputs, outputs }: EmitContext): { frame: Sliding; remembered: Sliding; channels: number } {
  const { dims, channels } = innerAxes({ inputs });
  const inner = outputs.y?.shape?.slice(-3, -1) ?? [];
  return {
    frame: { ...convWindow(params), dims: dims.slice(1) },
    remembered: { ...recurrentWindow(params), dims: inner },
    channels,
  };
}

const CONV_LSTM = `
class ConvLSTM2d(nn.Module):
    """An LSTM whose memory is a picture, over [batch, time, height, width, channels]. \`pads\` and \`around\`: what stands
    around a frame and around the hidden state when they are convolved (left, right, top, bottom)."""

    def __init__(self, channels, filters, kernel_size, activation, gate, pads, around, stride=1, dilation=1, bias=True):
        super().__init__()
        self.filters, self.pads, self.around = filters, pads, around
        self.activation, self.gate = activation, gate
        self.frame = nn.Conv2d(channels, 4 * filters, kernel_size, stride=stride, dilation=dilation, bias=bias)
        self.remembered = nn.Conv2d(filters, 4 * filters, kernel_size, bias=False)

    def forward(self, x, mask=None, state=(None, None), zeros=False):
        frames = self.frame(F.pad(x.flatten(0, 1).permute(0, 3, 1, 2), self.pads)).unflatten(0, x.shape[:2])
        blank = frames.new_zeros(x.shape[0], self.filters, *frames.shape[3:])
        h, c = (blank if one is None else one.permute(0, 3, 1, 2) for one in state)
        output, steps = blank, []
        for t, frame in enumerate(frames.unbind(1)):
            i, f, new, o = (frame + self.remembered(F.pad(h, self.around))).chunk(4, dim=1)
            memory = self.gate(f) * c + self.gate(i) * self.activation(new)
            hidden = self.gate(o) * self.activation(memory)
            read = torch.ones_like(blank[:, :1, :1, :1]) if mask is None else mask[:, t].reshape(-1, 1, 1, 1)
            before = blank if zeros else output
            h, c, output = (torch.where(read != 0, a, b) for a, b in ((hidden, h), (memory, c), (hidden, before)))
            steps.append(output.permute(0, 2, 3, 1))
        return torch.stack(steps, dim=1), [one.permute(0, 2, 3, 1) for one in (h, c)]
`;

const BOTH_WAYS = `
class BothWays2d(nn.Module):
    """Two layers that read a film from its two ends; answers what each says at every step, in order."""

    def __init__(self, ahead, back):
        super().__init__()
        self.ahead = ahead
        self.back = back

    def forward(self, x, mask=None, zeros=False):
        back = self.back(x.flip(1), None if mask is None else mask.flip(1), zeros=zeros)[0]
        return self.ahead(x, mask, zeros=zeros)[0], back.flip(1)
`;

/** The submodule of one direction; null where the size of the input decides its padding. */
function torchModule(context: EmitContext, filters: number): string | null {
  const { params } = context;
  const { frame, remembered, channels } = windows(context);
  const [pads, around] = [padsOf(frame), padsOf(remembered)];
  if (pads === null || around === null) return null;
  const options = [
    String(channels),
    String(filters),
    torchSize(frame.kernel),
    `lambda x: ${torchActivation(textOf(params, 'activation'), 'x', 1)}`,
    `lambda x: ${torchActivation(textOf(params, 'gate'), 'x', 1)}`,
    torchPads(pads),
    torchPads(around),
    ...(frame.stride.some((step) => step !== 1) ? [`stride=${torchSize(frame.stride)}`] : []),
    ...(frame.dilation?.some((gap) => gap !== 1) ? [`dilation=${torchSize(frame.dilation)}`] : []),
    ...(flagOf(params, 'bias') ? [] : ['bias=False']),
  ];
  return `ConvLSTM2d(${options.join(', ')})`;
}

const PADDED = { unsupported: 'its padding depends on the size of the input, which is not fixed' };

const torchWeights = (params: PlainParams, prefix = ''): Record<string, MakeWeight> => ({
  'frame.weight': convKernel(2, `${prefix}kernel`),
  'remembered.weight': convKernel(2, `${prefix}recurrent_kernel`),
  ...(flagOf(params, 'bias') && { 'frame.bias': asIs(`${prefix}bias`) }),
});

export function torchConvLstm(context: EmitContext): TorchEmission | Unsupported {
  const { params, inputs } = context;
  const module = torchModule(context, numberOf(params, 'filters'));
  if (module === null) return PADDED;
  const wired = (port: string): boolean => (inputs[port]?.length ?? 0) > 0;
  return {
    module,
    ...torchActivationHelpers(textOf(params, 'activation'), [CONV_LSTM]),
    weights: torchWeights(params),
    forward({ self, on, keep }) {
      const turned = (x: string) => (flagOf(params, 'backwards') ? `${x}.flip(1)` : x);
      const given = CELL.states.map((port) => (wired(port) ? on(port) : 'None'));
      const call = [
        turned(on('x')),
        ...(wired('mask') ? [`mask=${turned(on('mask'))}`] : []),
        ...(CELL.states.some(wired) ? [`state=(${given.join(', ')})`] : []),
      ];
      const steps = (read: string) => (textOf(params, 'gives') === 'every' ? `${read}[0]` : `${read}[0][:, -1]`);
      const read = `${self}(${call.join(', ')})`;
      if (!flagOf(params, 'state')) return { y: steps(read) };
      const both = keep('read', read);
      return { y: steps(both), hidden: `${both}[1][0]`, memory: `${both}[1][1]` };
    },
  };
}

/** Two of them that read from both ends. `merged`: the expression of the output from those of the two. */
export function torchConvBothWays(
  context: EmitContext,
  filters: number,
  prefixes: readonly [string, string],
  merged: (a: string, b: string) => string,
): TorchEmission | Unsupported {
  const { params, inputs } = context;
  const module = torchModule(context, filters);
  if (module === null) return PADDED;
  const every = textOf(params, 'gives') === 'every';
  const under = (name: string, prefix: string) =>
    Object.fromEntries(Object.entries(torchWeights(params, prefix)).map(([key, make]) => [`${name}.${key}`, make]));
  return {
    module: `BothWays2d(${module}, ${module})`,
    ...torchActivationHelpers(textOf(params, 'activation'), [CONV_LSTM, BOTH_WAYS]),
    weights: { ...under('ahead', prefixes[0]), ...under('back', prefixes[1]) },
    forward({ self, on, keep }) {
      const mask = (inputs.mask?.length ?? 0) > 0 ? `, ${on('mask')}${every ? ', zeros=True' : ''}` : '';
      const both = keep('both', `${self}(${on('x')}${mask})`);
      return { y: every ? merged(`${both}[0]`, `${both}[1]`) : merged(`${both}[0][:, -1]`, `${both}[1][:, 0]`) };
    },
  };
}

export function onnxConvLstm(context: EmitContext): OnnxEmission | Unsupported {
  const { params } = context;
  const reading: ConvReading = {
    prefix: '',
    filters: numberOf(params, 'filters'),
    backwards: flagOf(params, 'backwards'),
    every: textOf(params, 'gives') === 'every',
    inOrder: 'of reading',
    masked: 'as before',
  };
  return (
    onnxUnfixed(context) ?? {
      write(place) {
        const { y, states } = onnxConvReading(place, context, reading);
        if (!flagOf(params, 'state')) return { y };
        return { y, ...Object.fromEntries(CELL.states.map((port, at) => [port, states[at] ?? ''])) };
      },
    }
  );
}

/** Why films of no fixed size cannot be written; undefined where it is fixed. */
export function onnxUnfixed(context: EmitContext): Unsupported | undefined {
  const { frame, remembered } = windows(context);
  const fixed = [...frame.dims, ...remembered.dims].every((dim) => typeof dim === 'number');
  return fixed ? undefined : { unsupported: 'the size of its pictures is not fixed' };
}

type ConvReading = Pick<Reading, 'prefix' | 'backwards' | 'every' | 'inOrder' | 'masked'> & { filters: number };

/** Writes one direction; answers its output and its states, channels last. */
export function onnxConvReading(
  place: OnnxPlace,
  context: EmitContext,
  reading: ConvReading,
): { y: string; states: string[] } {
  const { node, nodes, constant, weight, on, inputs } = place;
  const { params } = context;
  const { filters, prefix, every } = reading;
  const { frame, remembered, channels } = windows(context);
  const [sizes, inner] = [frame.dims.map(Number), remembered.dims.map(Number)];
  const channelsFirst = node('Transpose', [on('x')], { perm: [0, 1, 4, 2, 3] });
  const frames = node('Reshape', [channelsFirst, constant([-1, channels, ...sizes], 'int64')]);
  const kernel = weight(`${prefix}kernel`, convKernel(2, `${prefix}kernel`));
  const bias = flagOf(params, 'bias') ? [weight(`${prefix}bias`, asIs(`${prefix}bias`))] : [];
  const seen = node('Conv', [frames, kernel, ...bias], onnxSliding(frame));
  const steps = node('Shape', [on('x')], { start: 0, end: 2 });
  const shape = node('Concat', [steps, constant([4 * filters, ...inner], 'int64')], { axis: 0 });
  const recurrent = weight(`${prefix}recurrent_kernel`, convKernel(2, `${prefix}recurrent_kernel`));
  const mask = inputs.mask?.[0];
  const first = (port: string) => inputs[port]?.[0] && node('Transpose', [on(port)], { perm: [0, 3, 1, 2] });
  const last = (state: string) => node('Transpose', [state], { perm: [0, 2, 3, 1] });
  const bent = (id: string, x: string) => onnxActivation({ ...place, axis: () => 1 }, id, x);
  const gate = (x: string) => bent(textOf(params, 'gate'), x);
  const bend = (x: string) => bent(textOf(params, 'activation'), x);
  const read = onnxSteps(place, reading, {
    projected: node('Reshape', [seen, shape]),
    ...(mask !== undefined && { mask: node('Unsqueeze', [mask, constant([2, 3, 4], 'int64')]) }),
    begin: CELL.states.map(first),
    blank: () => zeros(place, [filters, ...inner]),
    next(projected, [hidden = '', memory = '']) {
      const sums = node('Add', [projected, node('Conv', [hidden, recurrent], onnxSliding(remembered))]);
      const parts = constant([filters, filters, filters, filters], 'int64');
      const [i = '', f = '', c = '', o = ''] = nodes('Split', [sums, parts], { axis: 1 }, 4);
      const next = node('Add', [node('Mul', [gate(f), memory]), node('Mul', [gate(i), bend(c)])]);
      return [node('Mul', [gate(o), bend(next)]), next];
    },
  });
  const y = every ? node('Transpose', [read.y], { perm: [0, 1, 3, 4, 2] }) : last(read.y);
  return { y, states: read.states.map(last) };
}
