import { NamePool } from '../name-pool';

/** Words of Python, what the file imports, and builtins that emissions use. */
const WORDS = `False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda match nonlocal not or pass raise return try type while with yield self torch nn F math
  float int bool len max min sum abs range tuple list zip map print sorted super slice`.split(/\s+/);

/** What every `nn.Module` has already; a submodule of that name would take its place. */
const MEMBERS = `add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval
  extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia
  named_buffers named_children named_modules named_parameters parameters register_buffer register_module
  register_parameter requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training
  type xpu zero_grad T_destination`.split(/\s+/);

/** Names of submodules and arguments in the snake case of Python, each once. */
export class TorchNames {
  private readonly members = new NamePool();
  private readonly locals = new NamePool();

  /** `helpers`: functions and classes at the head of the file, which code inside must be able to name. */
  constructor(helpers: readonly string[]) {
    for (const word of [...WORDS, ...MEMBERS]) this.members.take(word);
    const defined = helpers.flatMap((text) =>
      [...text.matchAll(/^(?:def|class) (\w+)/gm)].map(([, name = '']) => name),
    );
    for (const word of [...WORDS, ...defined]) this.locals.take(word);
  }

  member = (wanted: string): string => this.members.take(snake(wanted));
  local = (wanted: string): string => this.locals.take(snake(wanted));
}

/** A title as the name of a Python file: `mnist_a_first_cnn`. */
export function moduleName(title: string): string {
  const name = snake(title)
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  return /^[a-z]/.test(name) && !WORDS.includes(name) ? name : `model_${name}`.replace(/_$/, '');
}

/** `Conv 2D`, `generator/conv1` and `stemNorm` as `conv_2d`, `generator_conv1` and `stem_norm`. */
const snake = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();

/** A title as the name of a class: `MNIST: a first CNN` becomes `MnistAFirstCnn`. */
export function className(title: string): string {
  const words = title.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`).join('');
  return /^[A-Za-z]/.test(name) && !WORDS.includes(name) ? name.slice(0, 60) : `Model${name.slice(0, 50)}`;
}
