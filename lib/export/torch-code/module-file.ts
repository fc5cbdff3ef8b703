import { pythonComment, pythonString } from '../python-text';
import type { TorchModule } from './torch-module';

/** The Python file: head, helpers, the module's class, and `load`. */
export function moduleFile(className: string, fileName: string, card: string[], module: TorchModule): string {
  const code = [
    ...module.helpers.flatMap((helper) => ['', '', ...helper.trim().split('\n')]),
    '',
    '',
    `class ${className}(nn.Module):`,
    '    def __init__(self):',
    '        super().__init__()',
    ...module.init.map((line) => `        ${line}`),
    '',
    `    def forward(self, ${module.inputs.map(({ name }) => name).join(', ')}):`,
    ...module.forward.map((line) => `        ${line}`),
    '',
    '',
    `def load(path=pathlib.Path(__file__).with_name(${pythonString(`${fileName}.pt`)})):`,
    '    """The model with its trained weights, ready to predict."""',
    `    model = ${className}()`,
    '    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))',
    '    return model.eval()',
    '',
    '',
    'if __name__ == "__main__":',
    '    print(load())',
    '',
  ];
  const uses = (name: string) => code.some((line) => line.includes(`${name}.`));
  return [
    ...card.map(pythonComment),
    '# Needs PyTorch 1.13 or newer.',
    '',
    ...(uses('math') ? ['import math'] : []),
    'import pathlib',
    '',
    'import torch',
    ...(uses('F') ? ['import torch.nn.functional as F'] : []),
    'from torch import nn',
    ...code,
  ].join('\n');
}
