import { Button, Group, Modal, NumberInput, Select, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { Segmented } from '@/app/_ui/segmented';
import type { RunSettings, RunSummary } from '@/lib/protocol/service';
import { checkpointTitle } from './checkpoint-title';
import { changedNumbers, NumberFields, numberKey } from './number-fields';
import classes from './runs.module.css';

/** Starts a run from a checkpoint of this one. `at`: the step that is shown; null: the newest. */
export function BranchDialog(props: { run: RunSummary; at: number | null; onClose(): void }) {
  const { run, onClose } = props;
  const trpc = useTRPC();
  const settings = useQuery({ ...trpc.runs.settings.queryOptions({ id: run.id }), gcTime: 0 });
  return (
    <Modal opened onClose={onClose} title={`Branch off run ${run.number}`} size="md">
      {settings.isPending && <Skeleton height={240} radius="md" />}
      {settings.isError && <p className={classes.waiting}>{readableError(settings.error)}</p>}
      {settings.data?.checkpoints.length === 0 && (
        <p className={classes.waiting}>This run has no checkpoint yet. Let it train a little, then branch off.</p>
      )}
      {settings.data && settings.data.checkpoints.length > 0 && <BranchForm {...props} settings={settings.data} />}
    </Modal>
  );
}

function BranchForm({ run, at, settings, onClose }: Parameters<typeof BranchDialog>[0] & { settings: RunSettings }) {
  const { checkpoints, iterationsPerEpoch } = settings;
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const byEpochs = 'epochs' in settings.length;
  const usual = 'epochs' in settings.length ? settings.length.epochs : settings.length.iterations;
  const [iteration, setIteration] = useState(() => nearest(checkpoints, at));
  const [document, setDocument] = useState<'run' | 'now'>('run');
  const [length, setLength] = useState(() =>
    Math.max(usual, furtherThan(iteration, byEpochs ? iterationsPerEpoch : 1)),
  );
  const [seed, setSeed] = useState<number | string>('');
  const [numbers, setNumbers] = useState<Record<string, number>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () =>
      client.runs.branch.mutate({
        id: run.id,
        iteration,
        document,
        length: byEpochs ? { epochs: length } : { iterations: length },
        numbers: changedNumbers(settings.numbers, numbers),
        ...(typeof seed === 'number' ? { seed } : {}),
      }),
    onSuccess: (started) => {
      if ('diagnostics' in started) {
        setProblem(started.diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'It could not start.');
        return;
      }
      void queries.invalidateQueries({ queryKey: trpc.runs.list.pathKey() });
      onClose();
      router.push(`/runs/${started.runId}`);
    },
    onError: (error) => setProblem(readableError(error)),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        start.mutate();
      }}
    >
      <Stack gap={12}>
        <Select
          label="Begin at"
          allowDeselect={false}
          value={String(iteration)}
          data={checkpoints.map((checkpoint) => ({
            value: String(checkpoint.iteration),
            label: checkpointTitle(checkpoint, iterationsPerEpoch),
          }))}
          onChange={(value) => setIteration(Number(value))}
        />
        <Segmented<'run' | 'now'>
          label="Of which document"
          value={document}
          options={[
            { value: 'run', label: 'As this run had it' },
            { value: 'now', label: 'As it is now' },
          ]}
          onChange={setDocument}
        />
        <Group grow>
          <NumberInput
            label={byEpochs ? 'Epochs in all' : 'Iterations in all'}
            min={1}
            allowDecimal={false}
            value={length}
            onChange={(value) => typeof value === 'number' && setLength(value)}
          />
          <NumberInput
            label="Seed"
            min={0}
            max={2 ** 31 - 1}
            allowDecimal={false}
            placeholder={String(run.seed)}
            value={seed}
            onChange={setSeed}
          />
        </Group>
        <NumberFields
          numbers={settings.numbers.filter(({ path }) => !path.includes('/'))}
          values={numbers}
          onChange={(number, value) => setNumbers({ ...numbers, [numberKey(number)]: value })}
        />
        {problem !== null && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
      </Stack>
      <Group justify="flex-end" mt={16}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={start.isPending}>
          Start the branch
        </Button>
      </Group>
    </form>
  );
}

/** The last checkpoint at or before the step that is shown, else the first. */
function nearest(checkpoints: RunSettings['checkpoints'], at: number | null): number {
  const before = at === null ? checkpoints : checkpoints.filter(({ iteration }) => iteration <= at + 1);
  return (before.at(-1) ?? checkpoints[0])?.iteration ?? 0;
}

/** The least whole length that leaves something to train. */
const furtherThan = (iteration: number, each: number | null): number => Math.floor(iteration / (each ?? 1)) + 1;
