/**
 * Milliseconds of processor time that this process takes for `work`, whatever else the machine is doing: bounds on it
 * hold on a busy machine too.
 */
export async function cpuTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
