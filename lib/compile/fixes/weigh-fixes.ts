import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { formatCount } from '../format';
import type { CompileResult } from '../result';
import { withFixes } from './add-fixes';

/** Compiling is quick, but not free: only the first problems' fixes are tried out. */
const MOST_TRIALS = 6;

/**
 * Tries fixes out: one that leaves its problem standing is dropped, and one that changes the network's size says what
 * it comes to. Only fixes that insert nodes or wires or change a layer are worth it.
 */
export function weighFixes(
  document: Document,
  diagnostics: readonly Diagnostic[],
  parameters: number,
  compileAgain: (document: Document) => CompileResult,
): Diagnostic[] {
  let trials = 0;
  return diagnostics.map((diagnostic) => {
    const fixes = [...(diagnostic.fix ? [diagnostic.fix] : []), ...(diagnostic.alternatives ?? [])];
    if (!fixes.some((fix) => isStructural(fix.command))) return diagnostic;
    const kept: (Fix & { comesTo?: number })[] = [];
    for (const fix of fixes) {
      if (!isStructural(fix.command) || trials >= MOST_TRIALS) {
        kept.push(fix);
        continue;
      }
      trials++;
      const applied = apply(document, fix.command);
      if ('diagnostic' in applied) continue;
      const after = compileAgain(applied.document);
      if (after.diagnostics.some((other) => isSame(other, diagnostic))) continue;
      kept.push({ ...fix, comesTo: after.totals.parameters });
    }
    const changes = kept.some((fix) => fix.comesTo !== undefined && fix.comesTo !== parameters);
    return withFixes(
      diagnostic,
      kept.map(({ comesTo, ...fix }) =>
        changes && comesTo !== undefined && fix.cost === undefined ? { ...fix, cost: costOf(comesTo) } : fix,
      ),
    );
  });
}

const costOf = (parameters: number) => `${formatCount(parameters)} parameters`;

function isStructural(command: Command): boolean {
  if (command.do === 'batch') return command.commands.some(isStructural);
  return command.do === 'add-node' || command.do === 'set-param' || command.do === 'add-edge';
}

const isSame = (a: Diagnostic, b: Diagnostic) =>
  a.code === b.code &&
  a.severity === b.severity &&
  a.at.node === b.at.node &&
  a.at.port === b.at.port &&
  a.at.param === b.at.param;
