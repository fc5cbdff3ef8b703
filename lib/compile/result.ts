import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { PortFace } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import type { Memory } from './measure-memory';
import type { Path, Program } from './program';

/** What the editor shows on a node, whether or not the document compiles. */
export interface NodeInsight {
  inputs: (PortFace & { specs: Spec[] })[];
  outputs: (PortFace & { spec: Spec | null })[];
  parameters: number;
  trainableParameters: number;
  flops: number;
  activationBytes: number;
  receptiveField?: number[];
}

export interface Totals {
  nodes: number;
  parameters: number;
  trainableParameters: number;
  /** One example, forward. */
  flops: number;
  /** One batch. */
  activationBytes: number;
  /** Of a training with batches of this size. */
  memory: Memory;
}

export interface CompileResult {
  /** Absent where an error stands in the way. */
  program?: Program;
  diagnostics: Diagnostic[];
  /** By path; nodes of the main graph have their id as path. */
  nodes: Record<Path, NodeInsight>;
  totals: Totals;
}
