'use client';
import { Button } from '@mantine/core';
import { usesOf } from '@/lib/graph/blocks/block-uses';
import { type BlockId, graphOf } from '@/lib/graph/document';
import { dispatch } from '../actions/graph-at';
import { openGraph } from '../actions/walk-blocks';
import { formatBytes, formatFlops, grouped } from '../model/format';
import { pathAlong } from '../model/path-in';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import fields from './fields.module.css';
import classes from './inspector.module.css';
import { ParamsSection } from './params-section';
import { PortsSection } from './ports-section';
import { TextField } from './text-field';

/** Inside a block with nothing selected: the block as a whole. */
export function BlockPanel({ block }: { block: BlockId }) {
  const editor = useEditor();
  const document = useDocument((state) => state.document);
  const title = document.blocks[block]?.title ?? '';
  const uses = usesOf(document, block);
  const show = (graph: string, node: string) => {
    openGraph(editor, graph);
    editor.ui.getState().select([node]);
  };
  return (
    <>
      <header className={classes.head}>
        <div className={classes.names}>
          <h2>{title || 'Block'}</h2>
          <span>block</span>
        </div>
      </header>
      <div className={classes.scroll}>
        <section className={classes.section}>
          <TextField
            id="block-title"
            label="Title of the block"
            value={title}
            placeholder="Block"
            onChange={(next) =>
              next.trim() &&
              dispatch(editor, { do: 'set-block', id: block, set: { title: next.trim() } }, 'Rename block')
            }
          />
        </section>
        <Figures />
        <section className={classes.section}>
          <PortsSection block={block} side="inputs" />
        </section>
        <section className={classes.section}>
          <PortsSection block={block} side="outputs" />
        </section>
        <section className={classes.section}>
          <ParamsSection
            graph={block}
            hint="A parameter is what each use may set for itself. The three dots of a field make one of it."
          />
        </section>
        <section className={classes.section}>
          <h5>{uses.length === 1 ? 'Used once' : `Used ${uses.length} times`}</h5>
          {uses.map((use) => (
            <Button
              key={`${use.graph} ${use.node}`}
              variant="subtle"
              color="gray"
              size="xs"
              justify="flex-start"
              fullWidth
              ml={-8}
              onClick={() => show(use.graph, use.node)}
            >
              {graphOf(document, use.graph)?.nodes[use.node]?.name || use.node}
              {use.graph !== 'main' && <em className={fields.in}> in {document.blocks[use.graph]?.title}</em>}
            </Button>
          ))}
          {uses.length > 1 && <p className={fields.hint}>What you change here changes in all of them.</p>}
        </section>
      </div>
    </>
  );
}

/** What the block costs where one came from. */
function Figures() {
  const way = useUi((state) => state.way);
  const result = useDocument((state) => state.result);
  const insight = result?.nodes[pathAlong(way, result).node];
  if (!insight) return null;
  return (
    <section className={classes.section}>
      <dl className={classes.figures}>
        <div>
          <dt>Parameters</dt>
          <dd>{grouped(insight.parameters)}</dd>
        </div>
        <div>
          <dt>Work per example</dt>
          <dd>{insight.flops ? formatFlops(insight.flops) : '–'}</dd>
        </div>
        <div>
          <dt>Activations per example</dt>
          <dd>{insight.activationBytes ? formatBytes(insight.activationBytes) : '–'}</dd>
        </div>
      </dl>
    </section>
  );
}
