'use client';
import { FieldRow } from '@/app/_ui/field-row';
import { dispatch } from '../actions/graph-at';
import { formatBytes, formatFlops, grouped } from '../model/format';
import { useDocument, useEditor } from '../state/editor-context';
import classes from './inspector.module.css';
import { NumberField } from './number-field';
import { ParamsSection } from './params-section';

/** Nothing is selected: the document as a whole. */
export function DocumentPanel() {
  const editor = useEditor();
  const title = useDocument((state) => state.document.title);
  const settings = useDocument((state) => state.document.settings);
  const totals = useDocument((state) => state.result?.totals);
  const batch = typeof settings.batch === 'number' ? settings.batch : null;
  return (
    <>
      <header className={classes.head}>
        <div className={classes.names}>
          <h2>{title || 'Untitled'}</h2>
          <span>document</span>
        </div>
      </header>
      <div className={classes.scroll}>
        <section className={classes.section}>
          <FieldRow
            label="Batch"
            htmlFor="document-batch"
            changed={batch !== 64}
            onReset={() =>
              dispatch(editor, { do: 'set-document', set: { settings: { ...settings, batch: 64 } } }, 'Reset batch')
            }
          >
            {batch === null ? (
              <span className={classes.mono}>= {(settings.batch as { '=': string })['=']}</span>
            ) : (
              <NumberField
                id="document-batch"
                label="Batch"
                value={batch}
                min={1}
                max={65_536}
                soft={[1, 512]}
                logarithmic
                integer
                onChange={(value) =>
                  dispatch(
                    editor,
                    { do: 'set-document', set: { settings: { ...settings, batch: value } } },
                    'Set batch',
                  )
                }
              />
            )}
          </FieldRow>
        </section>
        <section className={classes.section}>
          <ParamsSection
            graph="main"
            hint="A parameter is a number that several fields can follow, and that variants and shorter runs can set."
          />
        </section>
        {totals && totals.nodes > 0 && (
          <section className={classes.section}>
            <h5>The whole network</h5>
            <dl className={classes.figures}>
              <div>
                <dt>Nodes</dt>
                <dd>{totals.nodes}</dd>
              </div>
              <div>
                <dt>Parameters</dt>
                <dd>{grouped(totals.parameters)}</dd>
              </div>
              <div>
                <dt>Work per example</dt>
                <dd>{totals.flops ? formatFlops(totals.flops) : '–'}</dd>
              </div>
              <div>
                <dt>Activations</dt>
                <dd>{totals.activationBytes ? formatBytes(totals.activationBytes) : '–'}</dd>
              </div>
            </dl>
          </section>
        )}
        <p className={classes.hint}>Select a node to see its fields and where its numbers come from.</p>
      </div>
    </>
  );
}
