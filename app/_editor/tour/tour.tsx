'use client';
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '@/app/_ui/icon-button';
import { dispatch } from '../actions/graph-at';
import { useStartRun } from '../shell/use-start-run';
import { type Editor, useEditor } from '../state/editor-context';
import classes from './tour.module.css';
import { endTour } from './tour-memory';

type Step = 'start' | 'learning' | 'learned' | 'straight' | 'end';

const TEXTS: Record<Step, { title: string; text: string }> = {
  start: {
    title: 'Two kinds of points',
    text: 'A disc of points inside a ring. This network shall learn which is which. Let it try, here in this page.',
  },
  learning: {
    title: 'It learns',
    text: 'With every step the weights move a little, so that the loss falls. The nodes show what they answer for one point; the panel shows the curves and, below them, the map of its decisions.',
  },
  learned: {
    title: 'It found the ring. Why?',
    text: 'Each hidden unit draws a line, and ReLU bends it at that line; together they go round the disc. Take the bend away and look what is left.',
  },
  straight: {
    title: 'Without the bend',
    text: 'Weighted sums of weighted sums are again weighted sums: only one straight cut is possible, and it cannot part a disc from a ring.',
  },
  end: {
    title: 'That is why networks bend',
    text: 'You trained two networks. Ctrl Z gives the bend back. Change whatever you like: nothing here can break.',
  },
};

/** The first three clicks: train a network, see why it works, take that away. */
export function Tour({ onEnd }: { onEnd(): void }) {
  const editor = useEditor();
  const { tryHere } = useStartRun();
  const [step, setStep] = useState<Step>('start');
  const status = useStore(editor.preview.store, (state) => state.run?.status ?? null);
  const over = status === 'succeeded' || status === 'failed' || status === 'diverged' || status === 'cancelled';
  useEffect(() => {
    if (step === 'start' && status === 'running') setStep('learning');
    if (step === 'learning' && over) setStep('learned');
    if (step === 'straight' && over) setStep('end');
  }, [step, status, over]);
  const close = () => {
    endTour();
    onEnd();
  };
  const again = async () => {
    takeBendAway(editor);
    await tryHere();
    setStep('straight');
  };
  const { title, text } = TEXTS[step];
  return (
    <section className={classes.tour} aria-label="Tour" aria-live="polite">
      <header>
        <b>{title}</b>
        <IconButton label="Leave the tour" size={24} onClick={close}>
          <IconX size={14} stroke={1.75} />
        </IconButton>
      </header>
      <p>{text}</p>
      <footer>
        <span className={classes.dots} aria-hidden="true">
          {(Object.keys(TEXTS) as Step[]).map((each) => (
            <i key={each} data-on={each === step || undefined} />
          ))}
        </span>
        {step === 'start' && (
          <Button variant="filled" onClick={() => void tryHere()}>
            Let it learn
          </Button>
        )}
        {step === 'learned' && (
          <Button variant="filled" onClick={() => void again()}>
            Take the bend away
          </Button>
        )}
        {step === 'end' && (
          <Button variant="filled" onClick={close}>
            Look around
          </Button>
        )}
      </footer>
    </section>
  );
}

/** The activation of the hidden layers is a param of the document. */
function takeBendAway(editor: Editor): void {
  const { params } = editor.documents.getState().document;
  const { activation } = params;
  if (!activation) return;
  const set = { params: { ...params, activation: { ...activation, default: 'linear' } } };
  dispatch(editor, { do: 'set-document', set }, 'Take the bend away');
}
