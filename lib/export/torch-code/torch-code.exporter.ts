import { strToU8, zipSync } from 'fflate';
import { DOCUMENT_KEY } from '../embed-document';
import type { Exporter } from '../exporter';
import { modelCard } from '../model-card';
import { moduleFile } from './module-file';
import { writeStateDict } from './state-dict';
import { makeTorchModule } from './torch-module';
import { className, moduleName } from './torch-names';

/**
 * A ZIP with a readable PyTorch module, its weights as a state_dict, the document, and a README. Pictures go in and come out as PyTorch
 * has them, `[batch, channels, height, width]`; sequences are `[batch, time, features]`.
 */
export const exporter: Exporter = {
  format: 'torch-code',
  title: 'PyTorch code',
  summary: 'A readable nn.Module with its weights: PyTorch 1.13 and newer load it in two lines.',
  extension: '.torch.zip',
  mime: 'application/zip',
  async export(input) {
    const module = makeTorchModule(input);
    if ('diagnostics' in module) return module;
    const [name, file] = [className(input.document.title), moduleName(input.document.title)];
    const outputs = module.outputs.map(({ output, ...port }) => ({ ...port, name: output }));
    const card = modelCard(input, { inputs: module.inputs, outputs });
    const readme = [
      ...card,
      '',
      'With PyTorch 1.13 or newer, in this folder:',
      '',
      `    from ${file} import load`,
      '    model = load()',
      '',
      'It is ready to predict; after model.train() it can be trained on. model.json is what it was built from: drop this',
      'archive onto the canvas of Netloom to open it again.',
      '',
    ];
    return {
      bytes: zipSync(
        {
          [`${file}.py`]: strToU8(moduleFile(name, file, card, module)),
          [`${file}.pt`]: [writeStateDict(module.state, input.savedAt), { level: 0 }],
          'model.json': strToU8(JSON.stringify({ [DOCUMENT_KEY]: input.document })),
          'README.txt': strToU8(readme.join('\n')),
        },
        { level: 6, mtime: input.savedAt },
      ),
    };
  },
};
