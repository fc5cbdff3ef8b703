'use client';
import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import { IconButton } from '@/app/_ui/icon-button';
import { faces } from '@/lib/nodes/faces.generated';
import type { Stage } from '../actions/action';
import { ACTIONS, isUsable } from '../actions/actions';
import { keymap, keysFor } from '../actions/keymap';
import { ActionIcon } from '../commands/action-icon';
import { keyWords } from '../commands/key-caps';
import { grouped } from '../model/format';
import type { NodeView } from '../model/node-view';
import { useDocument, useUi } from '../state/editor-context';
import { FieldControl } from './field-control';
import fields from './fields.module.css';
import classes from './inspector.module.css';
import { useNode } from './use-node';

const ALIGN = ['align-left', 'align-center', 'align-right', 'align-top', 'align-middle', 'align-bottom'];
const SPREAD = ['distribute-across', 'distribute-down', 'tidy'];
const GROUP = ['frame', 'make-block'];

/** Several nodes: fields that they have in common, and how they stand. */
export function SeveralPanel({ views, stage }: { views: readonly NodeView[]; stage: Stage }) {
  const [first] = views;
  const node = useNode(first?.id ?? '');
  const face = faces[first?.kind ?? ''];
  const alike = views.every((view) => view.kind === first?.kind);
  const parameters = useDocument((state) =>
    views.reduce((sum, { id }) => sum + (state.result?.nodes[id]?.parameters ?? 0), 0),
  );
  const selection = useUi((state) => state.nodes);
  if (!first) return null;
  return (
    <>
      <header className={classes.head}>
        <div className={classes.names}>
          <h2>{views.length} nodes</h2>
          <span>{alike ? first.title : 'of different kinds'}</span>
        </div>
      </header>
      <div className={classes.scroll}>
        <section className={classes.section}>
          <div className={fields.toolbar} role="toolbar" aria-label="Arrange">
            {[...ALIGN, ...SPREAD].map((id) => (
              <Tool key={`${id} ${selection.length}`} id={id} stage={stage} />
            ))}
          </div>
          <div className={fields.buttons}>
            {GROUP.map((id) => (
              <Tool key={id} id={id} stage={stage} wide />
            ))}
          </div>
        </section>
        {alike && face && node ? (
          <section className={classes.section}>
            {Object.entries(face.fields).map(([name, field]) => (
              <FieldControl
                key={name}
                ids={views.map((view) => view.id)}
                node={node}
                view={first}
                name={name}
                field={field}
                driver={null}
              />
            ))}
          </section>
        ) : (
          <p className={classes.hint}>Select nodes of one kind to change their fields together.</p>
        )}
        {parameters > 0 && (
          <section className={classes.section}>
            <dl className={classes.figures}>
              <div>
                <dt>Parameters together</dt>
                <dd>{grouped(parameters)}</dd>
              </div>
            </dl>
          </section>
        )}
      </div>
    </>
  );
}

/** An action as a button. */
function Tool({ id, stage, wide }: { id: string; stage: Stage; wide?: true }) {
  const map = useStore(keymap);
  const action = ACTIONS.find((candidate) => candidate.id === id);
  if (!action) return null;
  const [keys] = keysFor(action, map);
  const usable = isUsable(action, stage.editor);
  const shortcut = keys ? { shortcut: keyWords(keys) } : {};
  return wide ? (
    <Button
      size="xs"
      leftSection={<ActionIcon name={action.icon} size={14} />}
      disabled={!usable}
      onClick={() => action.perform(stage)}
    >
      {action.title}
    </Button>
  ) : (
    <IconButton label={action.title} {...shortcut} disabled={!usable} onClick={() => action.perform(stage)}>
      <ActionIcon name={action.icon} />
    </IconButton>
  );
}
