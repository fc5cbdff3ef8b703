import type { Program, VariableId } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import type { EngineHost } from './host';

/** First values of the variables that come from files of trained weights. Rejects with a message for the user. */
export async function assetValues(
  { variables }: Program,
  { assets }: EngineHost,
): Promise<Record<VariableId, HostTensor>> {
  const wanted = new Map<string, Map<VariableId, string>>();
  for (const { id, init } of variables)
    if (init.by === 'asset')
      wanted.set(init.asset, (wanted.get(init.asset) ?? new Map<VariableId, string>()).set(id, init.tensor));
  const values: Record<VariableId, HostTensor> = {};
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  for (const [asset, tensors] of wanted) {
    if (!assets) throw new Error(`The weights of “${asset}” cannot be read here. Train where that file is.`);
    const read = await assets.read(asset, [...new Set(tensors.values())]);
    for (const [id, name] of tensors) {
      const value = read[name];
      const shape = byId.get(id)?.shape.join('×') ?? '';
      if (value?.shape.join('×') !== shape)
        throw new Error(
          `${name} of “${asset}” should be ${shape}, but is ${value?.shape.join('×') ?? 'not there'}: the file has changed since the document was checked. Check it again.`,
        );
      values[id] = value;
    }
  }
  return values;
}
