/** What one step of the check found. `checked`: how many things it looked at; none is a failure. */
export interface StepResult {
  checked: number;
  /** `files`, `modules` */
  unit: string;
  /** One for each finding, ready to print; empty where all is well. */
  problems: string[];
}

export interface Step {
  name: string;
  run(): Promise<StepResult>;
}
