'use client';

import { Button } from '@mantine/core';
import { IconPhoto, IconTable, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { UploadProgress } from '@/app/_data/upload-progress';
import { useUpload } from '@/app/_data/use-upload';
import { UploadedCard } from '../_data/uploaded-card';
import classes from './home.module.css';

/** A table or folders of pictures become a data set, and a network that fits it. */
export function StartFromData() {
  const { state, send, reset } = useUpload();
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const choose = (accept: string) => {
    if (!picker.current) return;
    picker.current.accept = accept;
    picker.current.click();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) void send(file);
  };
  return (
    <section
      className={classes.drop}
      data-over={over}
      aria-label="Start from your data"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.dropHead}>
        <span className={classes.dropIcon}>
          <IconUpload size={18} stroke={1.75} />
        </span>
        <div>
          <h3>Start from your data</h3>
          <div className={classes.dropText}>
            Drop a table, or a ZIP with a folder of photos for each class. You get a network that fits, ready to run.
          </div>
        </div>
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="File to upload"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void send(file);
        }}
      />
      <div className={classes.dropActions}>
        <Button leftSection={<IconPhoto size={14} stroke={1.75} />} onClick={() => choose('.zip')}>
          Photos
        </Button>
        <Button leftSection={<IconTable size={14} stroke={1.75} />} onClick={() => choose('.csv,.tsv,.txt')}>
          Table
        </Button>
      </div>
      <UploadProgress state={state} onReset={reset} />
      {state.step === 'done' && 'card' in state.outcome && <UploadedCard card={state.outcome.card} />}
    </section>
  );
}
