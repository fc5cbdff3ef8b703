import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import { callFunction } from '@/lib/engine/call-function';
import { finishedProgram } from '@/lib/engine/finished-program';
import type { EngineHost } from '@/lib/engine/host';
import type { ExportInput } from '@/lib/export/exporter';
import { emptyDocument } from '@/lib/graph/document';
import type { HostTensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';

/** A program with weights and data, whose functions are written and run elsewhere. */
export interface EmittedModel {
  /** A safe name. */
  name: string;
  title: string;
  program: Program;
  cards: Record<string, DatasetCard>;
  weights: ExportInput['weights'];
  inputs: Record<string, HostTensor>;
}

export const exportInput = (model: EmittedModel, fn: string): ExportInput => ({
  ...finishedProgram(model.program, kinds),
  kinds,
  function: fn,
  weights: model.weights,
  document: emptyDocument(model.title),
  cards: model.cards,
  savedAt: new Date('2026-11-24T12:00:00Z'),
  assets: { tfjsBundle: async () => '' },
});

/** What our engine gives for a function. */
export function answerOf(model: EmittedModel, fn: string, host: EngineHost): HostTensor {
  const answer = callFunction(model.program, model.weights, host, fn, model.inputs)[fn];
  if (!answer) throw new Error(`${model.title} has no ${fn}`);
  return answer;
}

/** Whether a function still draws random numbers after the training: another seed, another answer. */
export function isRandom(model: EmittedModel, fn: string, host: EngineHost): boolean {
  const other = answerOf({ ...model, program: { ...model.program, seed: model.program.seed + 1 } }, fn, host);
  return answerOf(model, fn, host).data.some((value, at) => value !== other.data[at]);
}

/** Names of the inputs of a function, in order. */
export const inputsOf = (model: EmittedModel, fn: string): string[] =>
  model.program.functions.find(({ name }) => name === fn)?.inputs.map(({ name }) => name) ?? [];
