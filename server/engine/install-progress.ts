export type InstallStage = 'waiting' | 'download' | 'extract' | 'addon' | 'test' | 'ready';

/** Where an install is, for a progress line. */
export interface InstallProgress {
  stage: InstallStage;
  /** One short sentence. */
  message: string;
  /** Of this stage, 0…1; null where it cannot be told. */
  fraction: number | null;
}

export type OnProgress = (progress: InstallProgress) => void;
