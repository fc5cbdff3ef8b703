/** A command of `netloom`: one file in `commands/` that exports `command`. */
export interface Command {
  /** One line. */
  summary: string;
  /** What follows the command's name, and what each option means. */
  usage: string;
  /** Answers the exit code. May throw `UsageError` and `InputError`. */
  run(args: string[]): Promise<number>;
}
