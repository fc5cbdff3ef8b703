import { ACTIVE_RUN } from '../state/run-state';
import type { Action } from './action';

export const RUN_ACTIONS: readonly Action[] = [
  {
    id: 'run',
    title: 'Run',
    icon: 'player-play',
    group: 'Run',
    keys: ['mod+enter'],
    perform: ({ run }) => run(),
  },
  {
    id: 'try-here',
    title: 'Try it in this page',
    icon: 'bolt',
    group: 'Run',
    keys: ['mod+shift+enter'],
    perform: ({ tryHere }) => tryHere(),
  },
  {
    id: 'stop',
    title: 'Stop the run',
    icon: 'player-stop',
    group: 'Run',
    keys: ['mod+alt+enter'],
    when: ({ runs }) => ACTIVE_RUN.has(runs.getState().run?.status ?? 'failed'),
    perform: ({ editor }) => {
      const { run } = editor.runs.getState();
      if (run) void editor.services.controlRun(run.id, 'cancel');
    },
  },
];
