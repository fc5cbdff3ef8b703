import type { Tf } from '@/lib/nodes/kind';
import { mendTape } from './mend-tape';
import { registerGradients } from './register-gradients';

/**
 * Makes gradients of gradients right in TensorFlow.js 4.22. Call it once a host has its backend, after anything that registers
 * gradients of its own. Max pooling and bilinear resizing still have no second gradient.
 */
export function mendSecondOrder(tf: Tf): void {
  mendTape(tf);
  registerGradients(tf);
}
