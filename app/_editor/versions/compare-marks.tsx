'use client';
import { ViewportPortal } from '@xyflow/react';
import type { DocumentDiff } from '@/lib/graph/diff-documents';
import type { graphOf } from '@/lib/graph/document';
import { useDocument, useUi, useView } from '../state/editor-context';
import { useComparison } from './use-comparison';
import classes from './versions.module.css';

/** On the canvas: a ring around what was added or changed since the version, a ghost where something was removed. */
export function CompareMarks() {
  const diff = useComparison();
  return diff && <Marks diff={diff} />;
}

function Marks({ diff }: { diff: DocumentDiff }) {
  const graph = useUi((state) => state.graph);
  const before = useUi((state) => state.compare?.document);
  const places = useDocument((state) => state.document.layout[graph]);
  const views = useView((state) => state.nodes);
  const changes = Object.entries(diff.graphs[graph]?.nodes ?? {});
  return (
    <ViewportPortal>
      {changes.map(([id, { change, node }]) => {
        const place = change === 'removed' ? before?.layout[graph]?.[id] : places?.[id];
        const { width = 160, height = 80 } = views[id] ?? {};
        if (!place) return null;
        return (
          <div
            key={id}
            className={classes.mark}
            data-change={change}
            style={{ transform: `translate(${place.x}px, ${place.y}px)`, width, height }}
          >
            <span>{change === 'removed' ? `${node.name || node.kind}, removed` : change}</span>
          </div>
        );
      })}
    </ViewportPortal>
  );
}

/** Name of a graph in the list of changes. */
export const graphTitle = (
  document: Parameters<typeof graphOf>[0],
  before: Parameters<typeof graphOf>[0],
  graph: string,
): string => (document.blocks[graph] ?? before.blocks[graph])?.title ?? '';
