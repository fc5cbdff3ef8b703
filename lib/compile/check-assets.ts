import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { formatShape } from '@/lib/tensor/spec';
import { type AssetCard, fitsAsset } from './asset-card';
import { type Flat, type FlatInstance, type FlatNode, placeOf, titleOf } from './flat';
import type { Variables } from './make-variables';
import type { Variable } from './program';

type Member = FlatNode | FlatInstance;

/** A variable that is to come from an asset. `rest`: its name there behind the scope, such as `/conv1/kernel`. */
interface Wanted {
  variable: Variable;
  tensor: string;
  rest: string;
}

/** Weights that are to come from a file which is not here, or which has nothing that fits. */
export function checkAssets(
  { nodes, instances }: Flat,
  { all }: Variables,
  assetOf: (id: string) => AssetCard | undefined,
): Diagnostic[] {
  const wanted = new Map<Member, Wanted[]>();
  for (const variable of all.values()) {
    const at = variable.id.lastIndexOf('#');
    const node = nodes.get(variable.id.slice(0, at));
    if (!node?.start || !('asset' in node.start) || variable.role === 'average' || variable.resets) continue;
    const around = node.scopes.map((path) => instances.get(path) ?? nodes.get(path));
    const wish = [node, ...around].find((member) => member?.node.start);
    if (!wish) continue;
    const tensor = `${node.start.tensors}/${variable.id.slice(at + 1)}`;
    const found = { variable, tensor, rest: tensor.slice(scopeOf(wish).length) };
    wanted.set(wish, [...(wanted.get(wish) ?? []), found]);
  }
  const found = new Map<string, Diagnostic>();
  for (const member of [...nodes.values(), ...instances.values()]) {
    const { start } = member.node;
    // Once, however often the block around it is used.
    if (!start || !('asset' in start) || found.has(`${member.graph} ${member.id}`)) continue;
    const card = assetOf(start.asset);
    const problem = card ? misfit(member, card, wanted.get(member) ?? []) : absent(member, start.asset);
    if (problem) found.set(`${member.graph} ${member.id}`, problem);
  }
  return [...found.values()];
}

const nameOf = (member: Member): string => ('face' in member ? titleOf(member) : member.node.name || member.id);

/** What the names of its tensors begin with, unless the instances around it stand in the asset under other names. */
const scopeOf = ({ node: { start }, name }: Member): string =>
  start && 'asset' in start && start.scope !== undefined ? start.scope : name;

const absent = (member: Member, asset: string): Diagnostic => ({
  code: 'asset-mismatch',
  severity: 'error',
  message: `${nameOf(member)} is to start from the weights of “${asset}”, which are not here. Give that file, let it start from random ones, or branch off a run that has trained it.`,
  at: placeOf(member),
  expected: 'weights that are here',
  received: asset,
  fix: randomWeights(member),
});

/** An error where nothing fits; a warning where a part does, since the rest then starts as without the asset. */
function misfit(member: Member, card: AssetCard, wanted: readonly Wanted[]): Diagnostic | undefined {
  const missed = wanted.filter(({ variable, tensor }) => !fitsAsset(card.tensors[tensor], variable));
  const [first] = missed;
  if (!first) return undefined;
  const there = card.tensors[first.tensor];
  const none = missed.length === wanted.length;
  const kind = there?.dtype === first.variable.dtype ? '' : ` ${there?.dtype}`;
  const came = there ? `${formatShape(there.shape)}${kind}` : 'nothing of that name';
  const others = missed.length === 1 ? '' : `, and ${missed.length - 1} more do not fit`;
  const scope = betterScope(card, wanted, wanted.length - missed.length);
  return {
    code: 'asset-mismatch',
    severity: none ? 'error' : 'warning',
    message: `${nameOf(member)} is to start from ${card.title}, but ${none ? 'nothing in it fits' : `only ${wanted.length - missed.length} of ${wanted.length} of its weights fit`}: ${first.tensor} should be ${formatShape(first.variable.shape)}, and there is ${came}${others}. ${none ? 'Name the part of the file that it is to be, or let it start from random weights' : 'What does not fit starts from random weights'}.`,
    at: placeOf(member),
    expected: `${first.tensor}: ${formatShape(first.variable.shape)}`,
    received: came,
    ...(scope === undefined
      ? { fix: randomWeights(member) }
      : { fix: takeScope(member, card.id, scope), alternatives: [randomWeights(member)] }),
  };
}

/** The part of the file under which the most of these are, where that is more than `before`. */
function betterScope(card: AssetCard, wanted: readonly Wanted[], before: number): string | undefined {
  const rests = new Set(wanted.map(({ rest }) => rest));
  const scopes = new Set<string>();
  for (const name of Object.keys(card.tensors))
    for (const rest of rests) if (name.endsWith(rest)) scopes.add(name.slice(0, name.length - rest.length));
  let best: { scope: string; fits: number } | undefined;
  for (const scope of scopes) {
    const fits = wanted.filter(({ variable, rest }) => fitsAsset(card.tensors[scope + rest], variable)).length;
    if (fits > (best?.fits ?? before)) best = { scope, fits };
  }
  return best?.scope;
}

const takeScope = (member: Member, asset: string, scope: string): Fix => ({
  title: `Take the weights of ${scope}`,
  command: { do: 'set-node', graph: member.graph, id: member.id, set: { start: { asset, scope } } },
});

const randomWeights = (member: Member): Fix => ({
  title: `Start ${member.node.name || member.id} from random weights`,
  command: { do: 'set-node', graph: member.graph, id: member.id, set: { start: null } },
});
