'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import classes from './upload-progress.module.css';
import type { UploadState } from './use-upload';

/** How far an upload is, and what the server said of it: every problem with what was expected and what came. */
export function UploadProgress({ state, onReset }: { state: UploadState; onReset(): void }) {
  if (state.step === 'idle') return null;
  if (state.step === 'sending') {
    const percent = Math.round(state.share * 100);
    return (
      <div className={classes.progress} role="status">
        <div className={classes.line}>
          <span>{state.filename}</span>
          <span>{percent < 100 ? `${percent} %` : 'reading…'}</span>
        </div>
        <div className={classes.bar}>
          <i style={{ width: `${percent}%` }} />
        </div>
      </div>
    );
  }
  const { outcome } = state;
  const failed = 'diagnostics' in outcome;
  const shown = failed ? outcome.diagnostics : outcome.notes;
  if (!shown.length) return null;
  return (
    <div className={classes.list} role={failed ? 'alert' : 'status'}>
      {shown.map((diagnostic) => (
        <Problem key={`${diagnostic.code} ${diagnostic.message}`} diagnostic={diagnostic} />
      ))}
      {failed && (
        <div>
          <Button size="xs" onClick={onReset}>
            Try another file
          </Button>
        </div>
      )}
    </div>
  );
}

const ICONS = { error: IconExclamationCircle, warning: IconAlertTriangle, info: IconInfoCircle };

function Problem({ diagnostic }: { diagnostic: Diagnostic }) {
  const Icon = ICONS[diagnostic.severity];
  return (
    <div className={classes.item} data-severity={diagnostic.severity}>
      <Icon size={14} stroke={1.75} />
      <div>
        {diagnostic.message}
        {diagnostic.expected && <small>expected: {diagnostic.expected}</small>}
        {diagnostic.received && <small>received: {diagnostic.received}</small>}
      </div>
    </div>
  );
}
