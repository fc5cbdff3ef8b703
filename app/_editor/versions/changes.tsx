'use client';
import type { Json } from '@/lib/base/json';
import type { Change, GraphDiff } from '@/lib/graph/diff-documents';
import { graphOf, type NodeId } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import { useDocument, useUi } from '../state/editor-context';
import { graphTitle } from './compare-marks';
import { useComparison } from './use-comparison';
import classes from './versions.module.css';

const SIGNS: Record<Change, string> = { added: '+', removed: '−', changed: '~' };

/** What changed since the version that is compared with, in words. */
export function Changes() {
  const diff = useComparison();
  const document = useDocument((state) => state.document);
  const before = useUi((state) => state.compare?.document);
  if (!diff || !before) return null;
  const graphs = Object.entries(diff.graphs);
  if (graphs.length === 0 && diff.elsewhere.length === 0)
    return <p className={classes.quiet}>Nothing but places changed since.</p>;
  return (
    <ul className={classes.changes} aria-label="Changes since">
      {graphs.flatMap(([graph, { nodes, edges }]) => {
        const inside = graphTitle(document, before, graph);
        const old = graphOf(before, graph);
        return [
          ...Object.entries(nodes).map(([id, found]) => (
            <li key={`${graph}${id}`} data-change={found.change}>
              <i>{SIGNS[found.change]}</i>
              <span>
                {titleOf(found.node.kind)} <code>{found.node.name || id}</code>
                {inside && ` in ${inside}`}
                {found.params.map((param) => (
                  <small key={param}>{paramChange(found, param, old?.nodes[id]?.params)}</small>
                ))}
              </span>
            </li>
          )),
          ...wireLine(graph, edges),
        ];
      })}
      {diff.elsewhere.map((part) => (
        <li key={part} data-change="changed">
          <i>~</i>
          <span>{part}</span>
        </li>
      ))}
    </ul>
  );
}

const titleOf = (kind: string): string => faces[kind]?.title ?? kind;

type Found = GraphDiff['nodes'][NodeId];

function paramChange({ node }: Found, param: string, before: Record<string, unknown> | undefined): string {
  const fields = faces[node.kind]?.fields;
  const show = (value: unknown) => (value === undefined ? 'default' : JSON.stringify(value as Json));
  return `${(fields?.[param]?.title ?? param).toLowerCase()}: ${show(before?.[param])} → ${show(node.params[param])}`;
}

function wireLine(graph: string, edges: GraphDiff['edges']) {
  const count = (change: Change) => Object.values(edges).filter((edge) => edge.change === change).length;
  const parts = (['added', 'removed', 'changed'] as const).flatMap((change) =>
    count(change) ? [`${count(change)} ${change}`] : [],
  );
  if (parts.length === 0) return [];
  return [
    <li key={`${graph} wires`} data-change="changed">
      <i>~</i>
      <span>Wires: {parts.join(', ')}</span>
    </li>,
  ];
}
