import type { WriteStream } from 'node:tty';
import type { OnProgress } from './install-progress';

/**
 * Shows an install's progress: one line that is rewritten on a terminal, else a line for each new message and quarter.
 * Writes at most five times a second.
 */
export function progressLine(out: WriteStream | NodeJS.WriteStream): { show: OnProgress; end(): void } {
  let shown = '';
  let last = 0;
  let open = false;
  const show: OnProgress = ({ message, fraction }) => {
    const steps = out.isTTY ? 100 : 4;
    const percent = fraction === null ? '' : ` ${Math.floor(fraction * steps) * (100 / steps)} %`;
    const text = `${message}${percent}`;
    const now = Date.now();
    if (text === shown || (out.isTTY && text.startsWith(message) && shown.startsWith(message) && now - last < 200))
      return;
    shown = text;
    last = now;
    if (out.isTTY) out.write(`\r\x1b[K${text}`);
    else out.write(`${text}\n`);
    open = Boolean(out.isTTY);
  };
  const end = (): void => {
    if (open) out.write('\n');
    open = false;
  };
  return { show, end };
}
