'use client';
import { Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { askTitle } from '@/app/_ui/ask-title';
import { FieldRow } from '@/app/_ui/field-row';
import { changeParam, freeParamKey, paramsOf, removeParam } from '@/lib/graph/blocks/block-params';
import type { Command } from '@/lib/graph/command';
import type { GraphId, Param } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import { dispatch } from '../actions/graph-at';
import { followingField } from '../model/following-field';
import { useDocument, useEditor } from '../state/editor-context';
import classes from './fields.module.css';
import { ParamControl } from './param-control';

/** Parameters of the document or of a block: what formulas may name, and what runs, variants and uses may set. */
export function ParamsSection({ graph, hint }: { graph: GraphId; hint: string }) {
  const editor = useEditor();
  const document = useDocument((state) => state.document);
  const params = paramsOf(document, graph);
  const { canEdit } = editor.services;
  const change = (command: Command, title: string) => dispatch(editor, command, title);
  const add = () =>
    askTitle({
      heading: 'Name of the parameter',
      title: '',
      onSave(title) {
        const { document } = editor.documents.getState();
        const key = freeParamKey(document, graph, title.toLowerCase());
        const next = { ...paramsOf(document, graph), [key]: { title, default: 1 } };
        const command: Command =
          graph === 'main'
            ? { do: 'set-document', set: { params: next } }
            : { do: 'set-block', id: graph, set: { params: next } };
        change(command, 'Add a parameter');
      },
    });
  return (
    <>
      <h5>Parameters</h5>
      {Object.entries(params).map(([key, param]) => (
        <FieldRow
          key={key}
          label={<span title={`Formulas call it ${key}`}>{param.title || key}</span>}
          htmlFor={`param-${graph}-${key}`}
          menu={canEdit && <ParamMenu graph={graph} name={key} param={param} />}
        >
          <ParamControl
            id={`param-${graph}-${key}`}
            param={param}
            field={followingField(document, graph, key, faces)}
            value={param.default}
            onChange={(value) =>
              change(changeParam(editor.documents.getState().document, graph, key, { default: value }), 'Set parameter')
            }
          />
        </FieldRow>
      ))}
      {Object.keys(params).length === 0 && <p className={classes.hint}>{hint}</p>}
      {canEdit && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.75} />}
          onClick={add}
          ml={-8}
        >
          New parameter
        </Button>
      )}
    </>
  );
}

function ParamMenu({ graph, name, param }: { graph: GraphId; name: string; param: Param }) {
  const editor = useEditor();
  const now = () => editor.documents.getState().document;
  const rename = () =>
    askTitle({
      heading: 'Name of the parameter',
      title: param.title || name,
      onSave: (title) => dispatch(editor, changeParam(now(), graph, name, { title }), 'Rename parameter'),
    });
  const limit = () =>
    askTitle({
      heading: 'Smallest and largest value, such as 1 to 512',
      title: [param.min ?? '', param.max ?? ''].join(' to '),
      onSave(text) {
        const [low = '', high = ''] = text.split(/\s*(?:to|…|\.\.)\s*/);
        const { min: _low, max: _high, ...rest } = param;
        const bounds = {
          ...(low.trim() && Number.isFinite(Number(low)) ? { min: Number(low) } : {}),
          ...(high.trim() && Number.isFinite(Number(high)) ? { max: Number(high) } : {}),
        };
        const params = { ...paramsOf(now(), graph), [name]: { ...rest, ...bounds } };
        const command: Command =
          graph === 'main' ? { do: 'set-document', set: { params } } : { do: 'set-block', id: graph, set: { params } };
        dispatch(editor, command, 'Limit parameter');
      },
    });
  return (
    <Menu position="bottom-end" width={200} withinPortal keepMounted={false}>
      <Menu.Target>
        <button type="button" className={classes.dots} aria-label={`More about ${param.title || name}`}>
          <IconDots size={14} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={rename}>Rename</Menu.Item>
        {typeof param.default === 'number' && <Menu.Item onClick={limit}>Limits</Menu.Item>}
        <Menu.Divider />
        <Menu.Item onClick={() => dispatch(editor, removeParam(now(), graph, name), 'Remove parameter')}>
          Remove, values stay
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
