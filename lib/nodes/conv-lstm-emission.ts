import { onnxActivation, torchActivation, torchActivationHelpers } from './activation-emission';
import { convKernel, innerAxes } from './conv-emission';
import { convWindow } from './conv-layer';
import type { GridWindow } from './grid';
import type { EmitContext, OnnxEmission, OnnxPlace, PlainParams, TorchEmission, Unsupported } from './kind';
import { asIs } from './make-weight';
import { flagOf, numberOf, textOf } from './params';
import { onnxSteps, zeros } from './recurrent-onnx';
import { onnxSliding, padsOf, type Sliding, torchPads } from './sliding';
import { torchSize } from './torch-layer';

/** How a convolutional LSTM is written for PyTorch and ONNX: channels stand before height and width inside. */

/** The convolution over what is remembered: it leaves the size as it is. */
export const recurrentWindow = (params: PlainParams): GridWindow => ({
  kernel: convWindow(params).kernel,
  stride: [1, 1],
  dilation: [1, 1],
  padding: 'same',
});

const STATES = ['hidden', 'memory'];

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

    def forward(self, x, mask=None, state=(None, None)):
        frames = self.frame(F.pad(x.flatten(0, 1).permute(0, 3, 1, 2), self.pads)).unflatten(0, x.shape[:2])
        blank = frames.new_zeros(x.shape[0], self.filters, *frames.shape[3:])
        h, c = (blank if one is None else one.permute(0, 3, 1, 2) for one in state)
        output, steps = blank, []
        for t, frame in enumerate(frames.unbind(1)):
            i, f, new, o = (frame + self.remembered(F.pad(h, self.around))).chunk(4, dim=1)
            memory = self.gate(f) * c + self.gate(i) * self.activation(new)
            hidden = self.gate(o) * self.activation(memory)
            read = torch.ones_like(blank[:, :1, :1, :1]) if mask is None else mask[:, t].reshape(-1, 1, 1, 1)
            h, c, output = (torch.where(read != 0, a, b) for a, b in ((hidden, h), (memory, c), (hidden, output)))
            steps.append(output.permute(0, 2, 3, 1))
        return torch.stack(steps, dim=1), [one.permute(0, 2, 3, 1) for one in (h, c)]
`;

export function torchConvLstm(context: EmitContext): TorchEmission | Unsupported {
  const { params, inputs } = context;
  const { frame, remembered, channels } = windows(context);
  const [pads, around] = [padsOf(frame), padsOf(remembered)];
  if (pads === null || around === null)
    return { unsupported: 'its padding depends on the size of the input, which is not fixed' };
  const gate = textOf(params, 'gate') === 'sigmoid' ? 'torch.sigmoid' : 'F.hardsigmoid';
  const bias = flagOf(params, 'bias');
  const options = [
    String(channels),
    String(numberOf(params, 'filters')),
    torchSize(frame.kernel),
    `lambda x: ${torchActivation(textOf(params, 'activation'), 'x', 1)}`,
    gate,
    torchPads(pads),
    torchPads(around),
    ...(frame.stride.some((step) => step !== 1) ? [`stride=${torchSize(frame.stride)}`] : []),
    ...(frame.dilation?.some((gap) => gap !== 1) ? [`dilation=${torchSize(frame.dilation)}`] : []),
    ...(bias ? [] : ['bias=False']),
  ];
  const wired = (port: string): boolean => (inputs[port]?.length ?? 0) > 0;
  return {
    module: `ConvLSTM2d(${options.join(', ')})`,
    ...torchActivationHelpers(textOf(params, 'activation'), [CONV_LSTM]),
    weights: {
      'frame.weight': convKernel(2),
      'remembered.weight': convKernel(2, 'recurrent_kernel'),
      ...(bias && { 'frame.bias': asIs('bias') }),
    },
    forward({ self, on, keep }) {
      const turned = (x: string) => (flagOf(params, 'backwards') ? `${x}.flip(1)` : x);
      const given = STATES.map((port) => (wired(port) ? on(port) : 'None'));
      const call = [
        turned(on('x')),
        ...(wired('mask') ? [`mask=${turned(on('mask'))}`] : []),
        ...(STATES.some(wired) ? [`state=(${given.join(', ')})`] : []),
      ];
      const steps = (read: string) => (textOf(params, 'gives') === 'every' ? `${read}[0]` : `${read}[0][:, -1]`);
      const read = `${self}(${call.join(', ')})`;
      if (!flagOf(params, 'state')) return { y: steps(read) };
      const both = keep('read', read);
      return { y: steps(both), hidden: `${both}[1][0]`, memory: `${both}[1][1]` };
    },
  };
}

export function onnxConvLstm(context: EmitContext): OnnxEmission | Unsupported {
  const { params, inputs } = context;
  const { frame, remembered, channels } = windows(context);
  const inner = remembered.dims.map(Number);
  const sizes = frame.dims.map(Number);
  if (![...inner, ...sizes].every(Number.isInteger)) return { unsupported: 'the size of its pictures is not fixed' };
  const filters = numberOf(params, 'filters');
  return {
    write(place) {
      const { node, nodes, constant, weight, on } = place;
      const channelsFirst = node('Transpose', [on('x')], { perm: [0, 1, 4, 2, 3] });
      const frames = node('Reshape', [channelsFirst, constant([-1, channels, ...sizes], 'int64')]);
      const kernel = weight('kernel', convKernel(2));
      const bias = flagOf(params, 'bias') ? [weight('bias', asIs('bias'))] : [];
      const seen = node('Conv', [frames, kernel, ...bias], onnxSliding(frame));
      const steps = node('Shape', [on('x')], { start: 0, end: 2 });
      const shape = node('Concat', [steps, constant([4 * filters, ...inner], 'int64')], { axis: 0 });
      const recurrent = weight('recurrent_kernel', convKernel(2, 'recurrent_kernel'));
      const mask = place.inputs.mask?.[0];
      const every = textOf(params, 'gives') === 'every';
      const read = onnxSteps(
        place,
        { backwards: flagOf(params, 'backwards'), every, inOrder: 'of reading', masked: 'as before' },
        {
          projected: node('Reshape', [seen, shape]),
          ...(mask !== undefined && { mask: node('Unsqueeze', [mask, constant([2, 3, 4], 'int64')]) }),
          begin: STATES.map((port) =>
            inputs[port]?.[0] ? node('Transpose', [on(port)], { perm: [0, 3, 1, 2] }) : undefined,
          ),
          blank: () => zeros(place, [filters, ...inner]),
          next(projected, [hidden = '', memory = '']) {
            const sums = node('Add', [projected, node('Conv', [hidden, recurrent], onnxSliding(remembered))]);
            const parts = constant([filters, filters, filters, filters], 'int64');
            const [i = '', f = '', c = '', o = ''] = nodes('Split', [sums, parts], { axis: 1 }, 4);
            const [gate, bend] = [gateNode(place, params), bendNode(place, params)];
            const next = node('Add', [node('Mul', [gate(f), memory]), node('Mul', [gate(i), bend(c)])]);
            return [node('Mul', [gate(o), bend(next)]), next];
          },
        },
      );
      const last = (state: string) => node('Transpose', [state], { perm: [0, 2, 3, 1] });
      const y = every ? node('Transpose', [read.y], { perm: [0, 1, 3, 4, 2] }) : last(read.y);
      if (!flagOf(params, 'state')) return { y };
      return { y, ...Object.fromEntries(STATES.map((port, at) => [port, last(read.states[at] ?? '')])) };
    },
  };
}

const gateNode =
  ({ node }: OnnxPlace, params: PlainParams) =>
  (x: string) =>
    textOf(params, 'gate') === 'sigmoid'
      ? node('Sigmoid', [x])
      : node('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });

const bendNode = (place: OnnxPlace, params: PlainParams) => (x: string) =>
  onnxActivation({ ...place, axis: () => 1 }, textOf(params, 'activation'), x);
