import { canConnect } from '@/lib/graph/port-type';
import type { Face, FaceEnv, Infer, PlainParams, PortFace } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { formatSpec } from '../model/format';
import type { Infers } from '../model/kind-catalogues';
import { fittingPort } from '../model/place-node';
import { plainParams } from '../model/ports-of';
import type { OpenWire } from '../state/ui-store';
import type { Offer } from './offers';

/** A kind or block as the search offers it. */
export interface Hit extends Offer {
  /** Shape of what it would make here; empty where nothing is known. */
  result: string;
  /** Parameters that it would add; null where that is not known. */
  adds: number | null;
  remark: string;
}

export interface Hits {
  often: Hit[];
  also: Hit[];
  misfits: number;
}

/** The parts of a first network, in the order in which they are wired. */
const FIRST = ['dataset', 'dense', 'conv-2d', 'flatten', 'cross-entropy', 'adam', 'training', 'accuracy'];

/**
 * Kinds by words and, with a wire, by fit: those whose port takes the wire and whose inference accepts its shape (before it has loaded, all of those whose port does). What
 * usually follows comes first; of equal answers, what follows most kinds.
 */
export function searchKinds(
  offers: readonly Offer[],
  query: string,
  wire: OpenWire | null,
  env: FaceEnv,
  after: Face | undefined,
  infers: Infers | undefined,
): Hits {
  const scored: { hit: Hit; score: number }[] = [];
  let misfits = 0;
  for (const offer of offers) {
    const score = match(offer.face, query);
    const hit = wire ? tryOn(offer, wire, env, infers) : { ...offer, result: '', adds: null, remark: '' };
    if (!hit) misfits++;
    else if (score > 0) scored.push({ hit, score });
  }
  const followed = timesFollowed(offers);
  const byUse = (a: Hit, b: Hit) => (followed.get(b.key) ?? 0) - (followed.get(a.key) ?? 0);
  scored.sort(
    (a, b) =>
      b.score - a.score || (query.trim() && byUse(a.hit, b.hit)) || a.hit.face.title.localeCompare(b.hit.face.title),
  );
  const hits = scored.map(({ hit }) => hit);
  if (query.trim()) return { often: hits, also: [], misfits };
  const next = after?.oftenNext ?? (wire ? [] : FIRST);
  const often = next.flatMap((id) => hits.filter((hit) => hit.key === id));
  const rest = hits.filter((hit) => !often.includes(hit));
  return { often, also: wire ? byMakes(rest, after) : rest, misfits };
}

/** How many kinds each one usually follows. */
function timesFollowed(offers: readonly Offer[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { face } of offers) for (const id of face.oftenNext ?? []) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

/** Layers before ops before the rest, as after a tensor a layer is what people look for. */
function byMakes(hits: readonly Hit[], after: Face | undefined): Hit[] {
  const order =
    after?.makes === 'loss' || after?.makes === 'step'
      ? ['step', 'loss', 'metric', 'layer', 'op']
      : ['layer', 'op', 'loss', 'metric'];
  const rank = (hit: Hit) => (order.indexOf(hit.face.makes) + order.length + 1) % (order.length + 1);
  return [...hits].sort((a, b) => rank(a) - rank(b));
}

/** How well a kind answers a query: title before aliases before letters in order; 0 for not at all. */
export function match(face: Face, query: string): number {
  const words = query.trim().toLowerCase();
  if (!words) return 1;
  const title = face.title.toLowerCase();
  const plain = (text: string) => text.replace(/[^a-z0-9]/g, '');
  if (title === words || face.id === words) return 100;
  if (title.startsWith(words) || plain(title).startsWith(plain(words) || '-')) return 80;
  const aliases = face.aliases.map((alias) => alias.toLowerCase());
  if (aliases.includes(words)) return 90;
  if (aliases.some((alias) => alias.startsWith(words))) return 60;
  if (title.includes(words) || aliases.some((alias) => alias.includes(words))) return 40;
  if (inOrder(plain(title), plain(words))) return 20;
  return face.category.startsWith(words) ? 10 : 0;
}

function inOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of text) if (letter === letters[at]) at++;
  return letters.length > 1 && at === letters.length;
}

/** What a kind would make of a wire; null where it does not fit. Without inference, its ports alone decide. */
export function tryOn(offer: Offer, wire: OpenWire, env: FaceEnv, infers: Infers | undefined): Hit | null {
  const { face } = offer;
  const plain: Hit = { ...offer, result: '', adds: null, remark: '' };
  // A block that is still to be made takes and gives one tensor.
  if (face.role === 'instance' && offer.params.block === undefined)
    return canConnect(wire.type, 'tensor') || canConnect('tensor', wire.type) ? plain : null;
  const port = fittingPort(face, env, wire, offer.params);
  if (!port) return null;
  if (wire.side === 'in' || wire.type !== 'tensor' || !wire.spec) return plain;
  const infer = infers?.[face.id]?.infer;
  if (!infer) return plain;
  const params = plainParams({ params: offer.params }, face, {});
  const inferred = inferAlone(infer, params, port, wire.spec, env);
  if (!inferred) return plain;
  const wrong = inferred.problems?.find(
    (problem) => problem.severity === 'error' && (problem.port === port.id || problem.port === undefined),
  );
  if (wrong) return null;
  const warned = inferred.problems?.find((problem) => problem.severity === 'warning' && problem.port === port.id);
  const output = Object.values(inferred.outputs)[0];
  const adds = (inferred.variables ?? []).reduce(
    (sum, variable) => sum + variable.shape.reduce((product, size) => product * size, 1),
    0,
  );
  return {
    ...offer,
    result: face.role === 'op' && face.makes !== 'loss' && output?.shape ? formatSpec(output) : '',
    adds: face.role === 'op' ? adds : null,
    remark: warned ? 'each position' : '',
  };
}

function inferAlone(infer: Infer, params: PlainParams, port: PortFace, spec: Spec, env: FaceEnv) {
  try {
    return infer({ params, inputs: { [port.id]: [spec] }, env });
  } catch {
    return null; // a kind that needs its other inputs to say anything
  }
}
