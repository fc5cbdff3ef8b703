'use client';
import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Json } from '@/lib/base/json';
import { exposeParam, freeParamKey, paramsOf } from '@/lib/graph/blocks/block-params';
import { isExpr, type Node, type NodeId, type Param, type ParamValue } from '@/lib/graph/document';
import type { Field } from '@/lib/nodes/field';
import { setParam, togglePromoted } from '../actions/change-node';
import { dispatch } from '../actions/graph-at';
import { formatParam } from '../model/format';
import type { NodeView } from '../model/node-view';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import classes from './fields.module.css';

interface FieldMenuProps {
  ids: readonly NodeId[];
  node: Node;
  view: NodeView;
  name: string;
  field: Field;
  value: Json;
}

/** What else can be done with a field: reset it, drive it by a wire, let it follow a parameter, make one of it. */
export function FieldMenu(props: FieldMenuProps) {
  const editor = useEditor();
  const { field } = props;
  if (!editor.services.canEdit) return null;
  return (
    <Menu position="bottom-end" width={256} withinPortal keepMounted={false}>
      <Menu.Target>
        <button type="button" className={classes.dots} aria-label={`More about ${field.title}`}>
          <IconDots size={14} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Items {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ ids, node, view, name, field, value }: FieldMenuProps) {
  const editor = useEditor();
  const graph = useUi((state) => state.graph);
  const params = useDocument((state) => paramsOf(state.document, graph));
  const given: ParamValue | undefined = node.params[name];
  const follows = given !== undefined && isExpr(given);
  const promoted = node.promoted?.includes(name) === true;
  const live = 'live' in field && field.live === true && field.type !== 'numbers';
  const owner = graph === 'main' ? 'document' : 'block';
  const title = field.title.toLowerCase();
  const make = () => {
    const { document } = editor.documents.getState();
    const key = freeParamKey(document, graph, name);
    const command = exposeParam(document, { graph, nodes: ids, param: name, key, as: paramFrom(field, value) });
    dispatch(editor, command, 'Make a parameter');
  };
  const fitting = Object.entries(params).filter(([, param]) => typeof param.default === typeof value);
  return (
    <>
      <Menu.Item
        disabled={given === undefined}
        onClick={() => setParam(editor, ids, name, undefined, `Reset ${title}`)}
      >
        Back to {formatParam(field, field.default) || 'the default'}
      </Menu.Item>
      {live && ids.length === 1 && (
        <Menu.Item onClick={() => togglePromoted(editor, view.id, name)}>
          {promoted ? 'Make it a field again' : 'Make it an input'}
        </Menu.Item>
      )}
      <Menu.Divider />
      {follows ? (
        <Menu.Item onClick={() => setParam(editor, ids, name, value, `Set ${title}`)}>
          Keep {formatParam(field, value)}, follow nothing
        </Menu.Item>
      ) : (
        <Menu.Item onClick={make}>Make it a parameter of the {owner}</Menu.Item>
      )}
      {fitting.length > 0 && <Menu.Label>Follow a parameter of the {owner}</Menu.Label>}
      {fitting.map(([key, param]) => (
        <Menu.Item
          key={key}
          rightSection={<code>{formatParam(field, param.default)}</code>}
          onClick={() => setParam(editor, ids, name, { '=': key }, `Follow ${param.title}`)}
        >
          {param.title || key}
        </Menu.Item>
      ))}
    </>
  );
}

/** A parameter that takes what the field takes. */
function paramFrom(field: Field, value: Json): Param {
  const param: Param = { title: field.title, default: value };
  if ((field.type === 'number' || field.type === 'optional-number') && typeof value === 'number') {
    if (field.min !== undefined) param.min = field.min;
    if (field.max !== undefined) param.max = field.max;
  }
  if (field.type === 'choice') param.choices = field.choices.map((choice) => choice.value);
  return param;
}
