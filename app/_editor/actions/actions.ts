import type { Editor } from '../state/editor-context';
import type { Action } from './action';
import { ARRANGE_ACTIONS } from './arrange-actions';
import { BLOCK_ACTIONS } from './block-actions';
import { EDIT_ACTIONS } from './edit-actions';
import { NODE_ACTIONS } from './node-actions';
import { RUN_ACTIONS } from './run-actions';
import { SELECT_ACTIONS } from './select-actions';
import { VIEW_ACTIONS } from './view-actions';

/** Everything that can be done, in the order of the `?` sheet. */
export const ACTIONS: readonly Action[] = [
  ...NODE_ACTIONS.filter(({ group }) => group === 'Add'),
  ...EDIT_ACTIONS,
  ...SELECT_ACTIONS,
  ...NODE_ACTIONS.filter(({ group }) => group === 'Nodes'),
  ...ARRANGE_ACTIONS,
  ...NODE_ACTIONS.filter(({ group }) => group === 'Arrange'),
  ...BLOCK_ACTIONS,
  ...VIEW_ACTIONS,
  ...RUN_ACTIONS,
];

/** Whether an action can be done now, by this person. */
export const isUsable = (action: Action, editor: Editor): boolean =>
  (!action.edits || editor.services.canEdit) && (action.when?.(editor) ?? true);
