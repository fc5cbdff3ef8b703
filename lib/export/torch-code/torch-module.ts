import { required } from '@/lib/base/invariant';
import type { Op } from '@/lib/compile/program';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { HostTensor, TorchEmission } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import type { Axes } from '../axes';
import { type EmitTarget, type Emitted, emitFunction, type Placed } from '../emit-function';
import type { ExportInput } from '../exporter';
import { pythonLiteral } from '../python-text';
import { ForwardLines } from './forward-lines';
import { TorchNames } from './torch-names';

/** A PyTorch module that does what a function of the program does: the text of its parts, and its weights. */
export interface TorchModule {
  inputs: Placed[];
  outputs: (Placed & { output: string })[];
  helpers: string[];
  /** Lines of `__init__`, without indentation. */
  init: string[];
  /** Lines of `forward`, without indentation. */
  forward: string[];
  state: Record<string, HostTensor>;
}

export function makeTorchModule(input: ExportInput): TorchModule | { diagnostics: Diagnostic[] } {
  let names = new TorchNames([]);
  const lines = new ForwardLines();
  const helpers: string[] = [];
  const init: string[] = [];
  const state: Record<string, HostTensor> = {};
  const submodules = new Map<string, string>();
  const buffers = new Map<string, string>();
  const weightsOf = (op: Op) =>
    Object.fromEntries(
      Object.entries(op.uses).map(([slot, id]) => [slot, required(input.weights[id], `weights ${id}`)]),
    );

  const submodule = ({ op, emission }: Emitted<TorchEmission>): string => {
    const { module, weights = {} } = emission;
    if (module === undefined) return '';
    const ids = Object.values(op.uses);
    const key = `${ids.length > 0 ? '' : op.id} ${module} ${ids.join()}`;
    const known = submodules.get(key);
    if (known) return `self.${known}`;
    const name = names.member(ownerOf(input, op));
    submodules.set(key, name);
    init.push(`self.${name} = ${module}`);
    if (op.frozen && ids.length > 0) init.push(`self.${name}.requires_grad_(False)  # frozen`);
    for (const [own, make] of Object.entries(weights)) state[own ? `${name}.${own}` : name] = make(weightsOf(op));
    return `self.${name}`;
  };

  const target: EmitTarget<TorchEmission> = {
    title: 'PyTorch',
    emission: (kind, context) => kind.emit?.torch(context),
    begin(ops) {
      for (const text of ops.flatMap(({ emission }) => emission.helpers ?? []))
        if (!helpers.includes(text)) helpers.push(text);
      names = new TorchNames(helpers);
    },
    input: (name, _, spec, wanted) => ({ name: names.local(name), spec, axes: publicAxes(spec, wanted) }),
    outputAxes: ({ spec, axes }) => publicAxes(spec, axes),
    transpose: (name, order) => lines.add(lines.hintOf(name), `${name}.permute(${order.join(', ')})`),
    toFloat: (name) => lines.add(lines.hintOf(name), `${name}.float()`),
    number: (value) => `torch.tensor(${pythonLiteral(value)})`,
    variable(one, slot) {
      const { op, emission } = one;
      const expression = emission.variables?.[slot];
      if (expression) return lines.add(`${op.name || op.kind}_${slot}`, expression(submodule(one)));
      const id = required(op.uses[slot], `variable ${slot} of ${op.kind}`);
      const known = buffers.get(id);
      if (known) return `self.${known}`;
      const tensor = required(input.weights[id], `weights ${id}`);
      const name = names.member(`${ownerOf(input, op)}_${slot}`);
      buffers.set(id, name);
      state[name] = tensor;
      init.push(`self.register_buffer("${name}", torch.zeros(${pythonLiteral(tensor.shape)}))`);
      return `self.${name}`;
    },
    write(one, place) {
      const self = submodule(one);
      const hint = one.op.name || one.op.kind;
      const results = one.emission.forward({
        ...place,
        self,
        keep: (name, expression) => lines.add(`${hint}_${name}`, expression),
      });
      const ports = Object.keys(results);
      return Object.fromEntries(
        Object.entries(results).map(([port, expression]) => [
          port,
          lines.add(ports.length === 1 ? hint : `${hint}_${port}`, expression),
        ]),
      );
    },
  };
  const written = emitFunction(input, target);
  if ('diagnostics' in written) return written;
  const results = written.outputs.map(({ name }) => name).join(', ');
  return { ...written, helpers, init, forward: lines.finish(names, `return ${results}`), state };
}

/**
 * Pictures and volumes are channels first, as everywhere in PyTorch; what else has four axes is so where the code works on
 * it in that order. Sequences are `[batch, time, features]`.
 */
function publicAxes({ shape, meaning }: Spec, inside: Axes): Axes {
  if ((shape?.length ?? 0) < 4) return 'last';
  return meaning === 'image' || meaning === 'mask' || meaning === 'depth' ? 'first' : inside;
}

/** The name of the layer that owns the variables, which may be another that shares them; the op's own without any. */
function ownerOf({ program }: ExportInput, op: Op): string {
  const [first] = Object.values(op.uses);
  const name = program.variables.find(({ id }) => id === first)?.name;
  return name?.replace(/\/[^/]*$/, '') || op.name || op.kind;
}
