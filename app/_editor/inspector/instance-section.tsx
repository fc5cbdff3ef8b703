'use client';
import { Button } from '@mantine/core';
import { IconLogin2, IconPackageExport, IconUnlink } from '@tabler/icons-react';
import { FieldRow } from '@/app/_ui/field-row';
import { isRecord, type Json } from '@/lib/base/json';
import { setBlockParam } from '@/lib/graph/blocks/block-params';
import { usesOf } from '@/lib/graph/blocks/block-uses';
import { type BlockId, isExpr, type Node, type ParamValue } from '@/lib/graph/document';
import { evaluateParam } from '@/lib/graph/expression';
import { faces } from '@/lib/nodes/faces.generated';
import { dispatch } from '../actions/graph-at';
import { enterBlock } from '../actions/walk-blocks';
import { followingField } from '../model/following-field';
import { formatParam } from '../model/format';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import { ExpressionField } from './expression-field';
import fields from './fields.module.css';
import classes from './inspector.module.css';
import { ParamControl } from './param-control';
import { TextField } from './text-field';
import { useParamNames } from './use-param-names';

/** A use of a block: what it sets for itself, and what can be done with it. */
export function InstanceSection({ id, node, block }: { id: string; node: Node; block: BlockId }) {
  const editor = useEditor();
  const document = useDocument((state) => state.document);
  const graph = useUi((state) => state.graph);
  const names = useParamNames();
  const params = document.blocks[block]?.params ?? {};
  const uses = usesOf(document, block).length;
  const given: unknown = node.params.set;
  const set = isRecord(given) ? given : {};
  const change = (key: string, value: ParamValue | undefined) =>
    dispatch(
      editor,
      setBlockParam(editor.documents.getState().document, graph, [id], key, value),
      value === undefined ? 'Reset parameter' : 'Set parameter',
    );
  return (
    <>
      <section className={classes.section}>
        <FieldRow label="Title" htmlFor="block-title">
          <TextField
            id="block-title"
            label="Title of the block"
            value={document.blocks[block]?.title ?? ''}
            placeholder="Block"
            onChange={(title) =>
              title.trim() &&
              dispatch(editor, { do: 'set-block', id: block, set: { title: title.trim() } }, 'Rename block')
            }
          />
        </FieldRow>
      </section>
      {Object.keys(params).length > 0 && (
        <section className={classes.section}>
          {Object.entries(params).map(([key, param]) => {
            const own = set[key] as ParamValue | undefined;
            const field = followingField(document, block, key, faces);
            const value = evaluated(own ?? param.default, names, param.default);
            return (
              <FieldRow
                key={key}
                label={param.title || key}
                htmlFor={`set-${key}`}
                changed={own !== undefined}
                onReset={() => change(key, undefined)}
              >
                {own !== undefined && isExpr(own) ? (
                  <ExpressionField
                    id={`set-${key}`}
                    label={param.title || key}
                    text={own['=']}
                    result={field ? formatParam(field, value) : String(value)}
                    onChange={(text) => change(key, text === null ? value : { '=': text })}
                  />
                ) : (
                  <ParamControl
                    id={`set-${key}`}
                    param={param}
                    field={field}
                    value={value}
                    onChange={(next) => change(key, next)}
                  />
                )}
              </FieldRow>
            );
          })}
        </section>
      )}
      <section className={classes.section}>
        <p className={classes.teach}>
          {uses > 1
            ? `Used ${uses} times. Open it to change all of them; detach this one to change it alone.`
            : 'Used once. Copy it to use it again: all copies change together.'}
        </p>
        <div className={fields.buttons}>
          <Button size="xs" leftSection={<IconLogin2 size={14} stroke={1.75} />} onClick={() => enterBlock(editor, id)}>
            Open
          </Button>
          {editor.services.canEdit && uses > 1 && (
            <Button
              size="xs"
              leftSection={<IconUnlink size={14} stroke={1.75} />}
              onClick={() => void import('../actions/blocks').then(({ detachSelection }) => detachSelection(editor))}
            >
              Detach
            </Button>
          )}
          {editor.services.canEdit && node.kind === 'instance' && (
            <Button
              size="xs"
              leftSection={<IconPackageExport size={14} stroke={1.75} />}
              onClick={() => void import('../actions/blocks').then(({ unpackSelection }) => unpackSelection(editor))}
            >
              Unpack
            </Button>
          )}
        </div>
      </section>
    </>
  );
}

function evaluated(value: ParamValue, names: Readonly<Record<string, Json>>, fallback: Json): Json {
  const result = evaluateParam(value, names);
  return 'value' in result ? result.value : fallback;
}
