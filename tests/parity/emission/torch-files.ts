import { unzipSync } from 'fflate';
import { exporter } from '@/lib/export/torch-code/torch-code.exporter';
import { makeTorchModule } from '@/lib/export/torch-code/torch-module';
import { type EmittedModel, exportInput, inputsOf } from './emitted-model';

export interface TorchCase {
  name: string;
  /** Folder and name of the module's file. */
  file: string;
  /** Tensors by the order of arguments, and which have their channels first there. */
  inputs: { tensor: string; first: boolean }[];
  first: boolean;
}

/** The files of a function as they stand in the ZIP, below `name/`, and how to call them; or why there are none. */
export async function torchFiles(
  model: EmittedModel,
  fn: string,
  name: string,
): Promise<{ files: Record<string, Uint8Array>; case: TorchCase } | { refused: string }> {
  const input = exportInput(model, fn);
  const [exported, module] = [await exporter.export(input), makeTorchModule(input)];
  if ('diagnostics' in exported) return { refused: exported.diagnostics.map(({ message }) => message).join('\n') };
  if ('diagnostics' in module) throw new Error('the exporter and the module disagree');
  const files = unzipSync(exported.bytes);
  const file = Object.keys(files).find((path) => path.endsWith('.py')) ?? '';
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${name}/${path}`, bytes])),
    case: {
      name,
      file: `${name}/${file}`,
      inputs: inputsOf(model, fn).map((key, at) => ({
        tensor: `${model.name}/${key}`,
        first: module.inputs[at]?.axes === 'first',
      })),
      first: module.outputs[0]?.axes === 'first',
    },
  };
}
