'use client';
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { formatShape } from '@/lib/tensor/spec';
import { removeSelection } from '../actions/remove-selection';
import { useEditor, useView } from '../state/editor-context';
import classes from './inspector.module.css';

const CARRIES = {
  tensor: 'a tensor: data or activations',
  loss: 'a loss: one number to make small',
  step: 'a step: an optimizer’s update, in order',
  number: 'a number: a schedule’s value',
  metric: 'a metric: watched, never trained on',
  weights: 'weights: both ends share them',
} as const;

/** What a selected wire carries. */
export function WireCard({ id }: { id: string }) {
  const editor = useEditor();
  const wire = useView((state) => state.wires[id]);
  const port = useView((state) =>
    state.nodes[wire?.source ?? '']?.ports.find(
      (candidate) => candidate.handle === wire?.sourceHandle && candidate.side === 'out',
    ),
  );
  if (!wire) return null;
  return (
    <>
      <header className={classes.head}>
        <div className={classes.names}>
          <h2>Wire</h2>
          <span>{wire.title}</span>
        </div>
      </header>
      <section className={classes.section}>
        <p className={classes.teach}>It carries {CARRIES[wire.type]}.</p>
        {port?.spec && (
          <dl className={classes.figures}>
            <div>
              <dt>Shape</dt>
              <dd className={classes.mono}>{formatShape(port.spec.shape)}</dd>
            </div>
            <div>
              <dt>Numbers</dt>
              <dd className={classes.mono}>{port.spec.dtype}</dd>
            </div>
            <div>
              <dt>Meaning</dt>
              <dd>{port.spec.meaning}</dd>
            </div>
            <div>
              <dt>Classes</dt>
              <dd>{port.spec.classes ?? '–'}</dd>
            </div>
          </dl>
        )}
        <Button leftSection={<IconTrash size={14} stroke={1.75} />} onClick={() => removeSelection(editor)}>
          Delete
        </Button>
      </section>
    </>
  );
}
