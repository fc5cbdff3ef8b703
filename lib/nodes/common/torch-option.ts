/** `, name=value`, or nothing where that is PyTorch's default; small numbers as `1e-7`. */
export const torchOption = (name: string, value: number, standard: number): string =>
  value === standard ? '' : `, ${name}=${value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : value}`;
