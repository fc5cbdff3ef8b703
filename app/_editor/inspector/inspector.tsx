'use client';
import dynamic from 'next/dynamic';
import type { Stage } from '../actions/action';
import { isEnd } from '../model/ends-view';
import { useUi, useView } from '../state/editor-context';
import { DocumentPanel } from './document-panel';

/** Parts that come with their first use. */
const BlockPanel = dynamic(() => import('./block-panel').then((module) => module.BlockPanel), { ssr: false });
const NodePanel = dynamic(() => import('./node-panel').then((module) => module.NodePanel), { ssr: false });
const SeveralPanel = dynamic(() => import('./several-panel').then((module) => module.SeveralPanel), { ssr: false });
const WireCard = dynamic(() => import('./wire-card').then((module) => module.WireCard), { ssr: false });

/** What is selected: its fields, what it does here, and how its numbers come about. */
export function Inspector({ stage }: { stage: Stage }) {
  const selection = useUi((state) => state.nodes);
  const edge = useUi((state) => (state.edges.length === 1 ? state.edges[0] : undefined));
  const views = useView((state) => state.nodes);
  const graph = useUi((state) => state.graph);
  const chosen = selection.flatMap((id) => (isEnd(id) ? [] : (views[id] ?? [])));
  const [first] = chosen;
  if (chosen.length > 1) return <SeveralPanel views={chosen} stage={stage} />;
  if (first) return <NodePanel key={first.id} view={first} />;
  if (edge) return <WireCard id={edge} />;
  return graph === 'main' ? <DocumentPanel /> : <BlockPanel block={graph} />;
}
