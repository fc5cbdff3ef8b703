import { required } from '@/lib/base/invariant';
import { stepSize } from '@/lib/nodes/common/adam-update';
import { isConstant, type LiveNumber, liveNumber, oneMinusPower } from '@/lib/nodes/common/live';
import type { OptimizerContext, Tf } from '@/lib/nodes/kind';
import type { Attribute } from './graph-def';

/** An op of TensorFlow that changes a variable and its slots in place. */
export interface FusedUpdate {
  op: string;
  /** In the op's order, behind the variable. */
  slots: string[];
  /** In the op's order, behind the slots; the gradient is `gradient`. */
  numbers: (LiveNumber | 'gradient')[];
  attributes: Record<string, Attribute>;
}

type Fuse = (tf: Tf, context: OptimizerContext, live: (key: string) => LiveNumber) => FusedUpdate | null;

/**
 * Optimizers whose formula, as Keras 3 has it, is an op of TensorFlow. The step size of Adam is put in ready-made: the op
 * would correct it by float32 powers, which lose digits in the first steps. The others run as they are written.
 */
const fused: Record<string, Fuse> = {
  sgd: (_, __, live) => ({
    op: 'ResourceApplyGradientDescent',
    slots: [],
    numbers: [live('rate'), 'gradient'],
    attributes: {},
  }),
  momentum: (_, { params }, live) => ({
    op: 'ResourceApplyKerasMomentum',
    slots: ['momentum'],
    numbers: [live('rate'), 'gradient', live('momentum')],
    attributes: { use_nesterov: { bool: params.nesterov === true } },
  }),
  adam: fuseAdam,
  adamw: fuseAdam,
  adadelta: (_, __, live) => ({
    op: 'ResourceApplyAdadelta',
    slots: ['gradients', 'steps'],
    numbers: [live('rate'), live('rho'), live('epsilon'), 'gradient'],
    attributes: {},
  }),
};

function fuseAdam(tf: Tf, { params, t }: OptimizerContext, live: (key: string) => LiveNumber): FusedUpdate {
  const corrections = [oneMinusPower(tf, live('beta1'), t), oneMinusPower(tf, live('beta2'), t)] as const;
  const rate = stepSize(tf, live('rate'), ...corrections);
  const amsgrad = params.amsgrad === true;
  return {
    op: amsgrad ? 'ResourceApplyAdamWithAmsgrad' : 'ResourceApplyAdam',
    slots: ['momentum', 'velocity', ...(amsgrad ? ['maximum'] : [])],
    numbers: [0, 0, rate, live('beta1'), live('beta2'), live('epsilon'), 'gradient'],
    attributes: {},
  };
}

/** Null where the algorithm, or this setting of it, has no op. */
export function fuseOptimizer(tf: Tf, algorithm: string, context: OptimizerContext): FusedUpdate | null {
  const live = (key: string): LiveNumber => liveNumber(context, key);
  if ('decay' in context.params && !isConstant(live('decay'), 0)) return null;
  const update = fused[algorithm]?.(tf, context, live) ?? null;
  for (const slot of update?.slots ?? []) required(context.slots[slot], `slot ${slot} of ${algorithm}`);
  return update;
}
