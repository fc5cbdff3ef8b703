import { BOOL, FLOAT } from '../common/onnx-nodes';
import { flagOf } from '../common/params';
import type { EmitContext, EmitPlace, KerasCall, OnnxPlace } from '../kind';

/** Which port stands for queries, values and keys where they are not wired. */
export function attendedPorts(inputs: Record<string, readonly unknown[]>): { value: string; key: string } {
  const wired = (port: string): boolean => (inputs[port]?.length ?? 0) > 0;
  const value = wired('value') ? 'value' : 'x';
  return { value, key: wired('key') ? 'key' : value };
}

/** How Keras' multi-head attention takes them. */
export function multiHeadCall({ params, inputs }: EmitContext): KerasCall {
  const { value, key } = attendedPorts(inputs);
  const mask = inputs.mask?.[0]?.shape?.length === 3 ? 'attention_mask' : 'value_mask';
  return { args: ['x', value, key], named: { [mask]: 'mask' }, set: callSwitches(params) };
}

export const callSwitches = (params: EmitContext['params']): NonNullable<KerasCall['set']> => ({
  ...(flagOf(params, 'causal') && { use_causal_mask: true }),
  ...(flagOf(params, 'scores') && { return_attention_scores: true }),
});

/** A function that all attentions in PyTorch code share. */
export const TORCH_LOOK = `
def look_where(scores, mask=None, causal=False):
    """Softmax over the last axis of [batch, (heads,) queries, values] without what is masked or lies later."""
    open = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device)
    open = open.tril() if causal else open
    if mask is not None:
        own = mask != 0
        own = own.unsqueeze(1) if own.dim() == 2 else own
        open = open & (own.unsqueeze(1) if scores.dim() == 4 else own)
    return F.softmax(scores.masked_fill(~open, -1e9), dim=-1) * open
`;

/** The arguments after the scores. */
export function torchLookArguments({ inputs }: EmitPlace, params: EmitContext['params']): string {
  const mask = inputs.mask?.[0];
  return `${mask === undefined ? '' : `, mask=${mask}`}${flagOf(params, 'causal') ? ', causal=True' : ''}`;
}

/** The same as nodes. `axes`: of the scores, 3 or (with heads) 4. */
export function onnxLookWhere(
  { node, constant, inputs }: OnnxPlace,
  { params, inputs: specs }: EmitContext,
  scores: string,
  axes: 3 | 4,
): string {
  const masks: string[] = [];
  const mask = inputs.mask?.[0];
  if (mask !== undefined) {
    const added = [...(specs.mask?.[0]?.shape?.length === 3 ? [] : [1]), ...(axes === 4 ? [1] : [])];
    masks.push(added.reduce((name, axis) => node('Unsqueeze', [name, constant([axis], 'int64')]), mask));
  }
  if (flagOf(params, 'causal')) {
    const square = node('Expand', [constant(1), node('Shape', [scores], { start: axes - 2, end: axes })]);
    masks.push(node('Trilu', [square], { upper: 0 }));
  }
  const [first, ...rest] = masks.map((name) => node('Cast', [name], { to: BOOL }));
  if (first === undefined) return node('Softmax', [scores], { axis: -1 });
  const open = rest.reduce((both, one) => node('And', [both, one]), first);
  const shares = node('Softmax', [node('Where', [open, scores, constant(-1e9)])], { axis: -1 });
  return node('Mul', [shares, node('Cast', [open], { to: FLOAT })]);
}
