/** Names of the laws by which initial weights are drawn (`initializers.ts`): all that a page needs of them. */
export const LAWS = [
  'zeros',
  'ones',
  'constant',
  'uniform',
  'normal',
  'truncated_normal',
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
  'orthogonal',
  'identity',
  'unit_forget_bias',
] as const;
export type Law = (typeof LAWS)[number];

/** The laws that a person may choose for a kernel; Keras knows them by the same names. */
export const KERNEL_LAWS: readonly Law[] = LAWS.filter(
  (law) => law !== 'constant' && law !== 'identity' && law !== 'unit_forget_bias',
);
