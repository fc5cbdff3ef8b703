import type { Op, Path } from './program';

/** What a caller calls a variable of an op in its body: `dense1#kernel`, of an op in a body within it `inner/dense1#kernel`. */
export function innerSlot(caller: Path, inner: Pick<Op, 'id' | 'body'>, slot: string): string {
  const path = inner.id.slice(caller.length + 1);
  return inner.body === undefined ? `${path}#${slot}` : `${path}/${slot}`;
}
