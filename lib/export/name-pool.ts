/** Hands out names that Keras and TensorFlow.js accept as layers' names, each once. */
export class NamePool {
  private readonly taken = new Set<string>();

  /** `generator/conv 1` becomes `generator_conv_1`; a second one gets `_2`. */
  take(wanted: string): string {
    const safe = wanted.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
    const base = (/^[A-Za-z]/.test(safe) ? safe : `layer_${safe}`).slice(0, 100).replace(/_$/, '');
    let name = base;
    for (let number = 2; this.taken.has(name.toLowerCase()); number++) name = `${base}_${number}`;
    this.taken.add(name.toLowerCase());
    return name;
  }
}
