import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react';
import type { Message } from './fold-run';
import classes from './runs.module.css';

const ICONS = { info: IconInfoCircle, warning: IconAlertTriangle, error: IconExclamationCircle };
/** The newest say most. */
const SHOWN = 6;

/** What the run has to say: why it stopped early, where a number went wrong. */
export function RunMessages({ messages, reason }: { messages: readonly Message[]; reason: string | null }) {
  const shown = messages.slice(-SHOWN);
  const told = shown.some(({ text }) => text === reason);
  if (shown.length === 0 && (reason === null || told)) return null;
  return (
    <div className={classes.messages}>
      {reason !== null && !told && (
        <div className={classes.message} data-level="warning">
          <IconAlertTriangle size={14} stroke={1.75} />
          <span>{reason}</span>
        </div>
      )}
      {shown.map((message) => {
        const Icon = ICONS[message.level];
        return (
          <div key={`${message.iteration} ${message.code}`} className={classes.message} data-level={message.level}>
            <Icon size={14} stroke={1.75} />
            <span>
              {message.text} <small>step {message.iteration.toLocaleString('en-US')}</small>
            </span>
          </div>
        );
      })}
    </div>
  );
}
