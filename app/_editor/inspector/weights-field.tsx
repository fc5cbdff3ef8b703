'use client';
import { FieldRow } from '@/app/_ui/field-row';
import type { Node } from '@/lib/graph/document';
import { sharable, sharedWith, shareWeights } from '../actions/share-weights';
import type { NodeView } from '../model/node-view';
import { useDocument, useEditor, useView } from '../state/editor-context';
import classes from './inspector.module.css';
import { Select } from './select-field';
import { StartField } from './start-field';

/** Whether a node learns weights of its own, and which ones it begins with, or has those of another one. */
export function WeightsField({ view, node }: { view: NodeView; node: Node }) {
  const editor = useEditor();
  // What may be shared hangs on the other nodes and their wires.
  useView((state) => state.nodes);
  useDocument((state) => state.document);
  const others = sharable(editor, view);
  const source = sharedWith(editor, view.id);
  return (
    <section className={classes.section}>
      {(others.length > 0 || source !== null) && (
        <FieldRow
          label="Weights"
          htmlFor="weights"
          changed={source !== null}
          onReset={() => shareWeights(editor, view.id, null)}
        >
          <Select
            id="weights"
            label="Weights"
            value={source ?? ''}
            options={[
              { value: '', title: 'Its own' },
              ...others.map(({ id, fullName }) => ({ value: id, title: `Same as ${fullName}` })),
            ]}
            onChange={(value) => shareWeights(editor, view.id, value || null)}
          />
        </FieldRow>
      )}
      {source === null && <StartField id={view.id} node={node} />}
    </section>
  );
}
