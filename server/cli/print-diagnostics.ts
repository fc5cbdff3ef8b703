import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Document, graphOf } from '@/lib/graph/document';

/** `error shape-mismatch at dense1.x: …`, what was expected and received, and the fixes. */
function describe(diagnostic: Diagnostic, document: Document | undefined): string {
  const { code, severity, message, at, expected, received, fix, alternatives = [] } = diagnostic;
  const node = at.node && document ? graphOf(document, at.graph ?? 'main')?.nodes[at.node] : undefined;
  const place = [node?.name || at.node, at.port ?? at.param].filter(Boolean).join('.');
  const lines = [`${severity} ${code}${place ? ` at ${place}` : ''}: ${message}`];
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (received !== undefined) lines.push(`  received: ${received}`);
  for (const one of fix ? [fix, ...alternatives] : alternatives)
    lines.push(`  fix: ${one.title}${one.cost ? ` (${one.cost})` : ''}`);
  return lines.join('\n');
}

/** Prints diagnostics for people on stderr, errors first as the compiler sorted them. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], document?: Document): void {
  for (const diagnostic of diagnostics) console.error(describe(diagnostic, document));
}
