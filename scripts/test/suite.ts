export interface Count {
  passed: number;
  failed: number;
}

export interface Suite {
  name: string;
  run(): Promise<Count>;
}

export const sum = (counts: readonly Count[]): Count =>
  counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), { passed: 0, failed: 0 });
