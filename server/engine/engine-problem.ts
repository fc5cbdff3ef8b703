/** Why the native engine is not there, in words for its owner: what is the matter and what mends it. */
export interface EngineProblem {
  code:
    | 'platform'
    | 'not-installed'
    | 'no-pip'
    | 'download'
    | 'wheel'
    | 'disk-space'
    | 'addon'
    | 'self-test'
    | 'gpu-unused'
    | 'forced';
  message: string;
  fix: string;
}

/** Thrown by the installer and the loader; carries the problem for `doctor`, the page and the command line. */
export class EngineUnavailable extends Error {
  readonly problem: EngineProblem;

  constructor(problem: EngineProblem) {
    super(`${problem.message} ${problem.fix}`);
    this.name = 'EngineUnavailable';
    this.problem = problem;
  }
}

/** Turns whatever an engine step threw into a problem. */
export function problemOf(error: unknown): EngineProblem {
  if (error instanceof EngineUnavailable) return error.problem;
  return {
    code: 'self-test',
    message: `The native engine does not start: ${error instanceof Error ? error.message : String(error)}.`,
    fix: 'Install it afresh: npm run engine:install -- --force',
  };
}
