import { useEffect } from 'react';

/** The editor brings the place of its dialogs after its first picture; what is asked before then waits. */
let here = false;
const waiting = new Set<() => void>();

/** For the place of dialogs, in an element around it. */
export function useDialogPlace(): void {
  useEffect(() => {
    here = true;
    for (const open of waiting) open();
    waiting.clear();
    return () => {
      here = false;
    };
  }, []);
}

/** Opens a dialog, at once or as soon as there is a place for it. */
export function whenDialogsShow(open: () => void): void {
  if (here) open();
  else waiting.add(open);
}
