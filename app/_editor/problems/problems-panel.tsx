'use client';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { IconButton } from '@/app/_ui/icon-button';
import type { Diagnostic, Severity } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { graphOf } from '@/lib/graph/document';
import { applyFix } from '../actions/change-node';
import { flyTo } from '../actions/fly-to';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import classes from './problems.module.css';

const NONE: readonly Diagnostic[] = [];
const ICONS = { error: IconExclamationCircle, warning: IconAlertTriangle, info: IconInfoCircle };

export const useDiagnostics = (): readonly Diagnostic[] => useDocument((state) => state.result?.diagnostics ?? NONE);

/** All problems: a click flies to the cause, a button mends it. */
export function ProblemsPanel() {
  const editor = useEditor();
  const open = useUi((state) => state.problemsOpen);
  const chosen = useUi((state) => state.problem);
  const diagnostics = useDiagnostics();
  const checked = useDocument((state) => state.result !== null);
  const document = useDocument((state) => state.document);
  useFlyToProblem(chosen, chosen === null ? undefined : diagnostics[chosen]);
  if (!open) return null;
  const close = () => editor.ui.getState().set({ problemsOpen: false, problem: null });
  return (
    <section className={classes.panel} aria-label="Problems" data-problems>
      <header className={classes.head}>
        <b>Problems</b>
        <Counts diagnostics={diagnostics} />
        <span className={classes.next}>F8 next problem</span>
        <IconButton label="Close problems" onClick={close}>
          <IconX size={16} stroke={1.75} />
        </IconButton>
      </header>
      <div className={classes.list}>
        {diagnostics.map((diagnostic, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: problems have no identity of their own
            key={index}
            diagnostic={diagnostic}
            place={placeOf(document, diagnostic)}
            chosen={index === chosen}
            onOpen={() => editor.ui.getState().set({ problem: index })}
          />
        ))}
        {diagnostics.length === 0 && (
          <p className={classes.none}>
            {checked ? 'No problems. This network can run.' : 'The network is being checked.'}
          </p>
        )}
      </div>
    </section>
  );
}

function Row(props: { diagnostic: Diagnostic; place: string; chosen: boolean; onOpen(): void }) {
  const editor = useEditor();
  const { diagnostic } = props;
  const Icon = ICONS[diagnostic.severity];
  const fixes = [...(diagnostic.fix ? [diagnostic.fix] : []), ...(diagnostic.alternatives ?? [])].slice(0, 2);
  return (
    <div className={classes.row} data-on={props.chosen || undefined}>
      <button type="button" className={classes.message} onClick={props.onOpen}>
        <Icon size={16} stroke={1.75} className={classes[diagnostic.severity]} aria-label={diagnostic.severity} />
        <span>{diagnostic.message}</span>
        <code>{props.place}</code>
      </button>
      {fixes.map((fix) => (
        <Button key={fix.title} size="xs" className={classes.mend ?? ''} onClick={() => applyFix(editor, fix)}>
          {fix.title}
        </Button>
      ))}
    </div>
  );
}

export function Counts({ diagnostics }: { diagnostics: readonly Diagnostic[] }) {
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return (['error', 'warning', 'info'] as const).map((severity) => {
    const Icon = ICONS[severity];
    const number = count(severity);
    return number ? (
      <span key={severity} className={`${classes.count} ${classes[severity]}`}>
        <Icon size={14} stroke={1.75} />
        {number}
      </span>
    ) : null;
  });
}

/** `dense1.x`, `main / training`: where a problem stands, in names. */
function placeOf(document: Document, { at }: Diagnostic): string {
  const graph = graphOf(document, at.graph ?? 'main');
  const edge = at.edge ? graph?.edges[at.edge] : undefined;
  if (edge) return `${nameOf(graph, edge.from[0])} → ${nameOf(graph, edge.to[0])}`;
  if (!at.node) return '';
  const part = at.port ?? at.param;
  const block = at.graph && at.graph !== 'main' ? `${document.blocks[at.graph]?.title ?? ''} / ` : '';
  return `${block}${nameOf(graph, at.node)}${part ? `.${part}` : ''}`;
}

const nameOf = (graph: ReturnType<typeof graphOf>, id: string): string =>
  graph?.nodes[id]?.name || graph?.nodes[id]?.kind || id;

/** Flies to the place of a problem when it is opened. */
function useFlyToProblem(index: number | null, diagnostic: Diagnostic | undefined): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const { node, edge, graph = 'main' } = diagnostic?.at ?? {};
  useEffect(() => {
    if (!node && !edge) return;
    const { ui, documents } = editor;
    const ends = edge ? graphOf(documents.getState().document, graph)?.edges[edge] : undefined;
    flyTo(editor, flow, graph, ends ? [ends.from[0], ends.to[0]] : node ? [node] : []);
    // The way opens a block and puts the problem away with all else: it is still the one that is looked at.
    ui.getState().set({ problem: index });
    ui.getState().select(node ? [node] : []);
  }, [editor, flow, node, edge, graph, index]);
}
