/** `449,642`; beyond a million billion, in powers of ten. */
export const formatCount = (count: number): string =>
  count < 1e15 ? count.toLocaleString('en-US') : count.toExponential(1);

/** `53.6 MB`, in powers of ten as memory is sold. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${units[power]}`;
}
