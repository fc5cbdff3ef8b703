import { Button, Group, Modal, NumberInput, Skeleton, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC } from '@/app/_client/trpc';
import { IconButton } from '@/app/_ui/icon-button';
import type { RunCommand } from '@/lib/protocol/run-event';
import type { RunSettings } from '@/lib/protocol/service';
import { changedNumbers, NumberFields, numberKey } from './number-fields';
import classes from './runs.module.css';
import { useRunCommand } from './use-run-control';

/** Opens the dialog for a run that has not ended. */
export function ChangeButton({ runId }: { runId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Change while it trains" onClick={() => setOpen(true)}>
        <IconAdjustmentsHorizontal size={14} stroke={1.75} />
      </IconButton>
      {open && <ChangeDialog runId={runId} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Other numbers and another length for a run that has not ended; they take effect before its next iteration. */
function ChangeDialog({ runId, onClose }: { runId: string; onClose(): void }) {
  const trpc = useTRPC();
  const settings = useQuery(trpc.runs.settings.queryOptions({ id: runId }));
  return (
    <Modal opened onClose={onClose} title="Change while it trains" size="md">
      {settings.isError && <p className={classes.waiting}>{readableError(settings.error)}</p>}
      {settings.data ? (
        <ChangeForm runId={runId} settings={settings.data} onClose={onClose} />
      ) : (
        !settings.isError && <Skeleton height={200} radius="md" />
      )}
    </Modal>
  );
}

function ChangeForm({ runId, settings, onClose }: { runId: string; settings: RunSettings; onClose(): void }) {
  const command = useRunCommand(runId);
  const byEpochs = 'epochs' in settings.length;
  const usual = 'epochs' in settings.length ? settings.length.epochs : settings.length.iterations;
  const [length, setLength] = useState(usual);
  const [numbers, setNumbers] = useState<Record<string, number>>({});
  const commands: RunCommand[] = changedNumbers(settings.numbers, numbers).map((change) => ({ do: 'set', ...change }));
  if (length !== usual) commands.push({ do: 'length', length: byEpochs ? { epochs: length } : { iterations: length } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        command.mutate(commands, { onSuccess: onClose });
      }}
    >
      <Stack gap={12}>
        <NumberInput
          label={byEpochs ? 'Epochs in all' : 'Iterations in all'}
          min={1}
          allowDecimal={false}
          value={length}
          onChange={(value) => typeof value === 'number' && setLength(value)}
        />
        <NumberFields
          numbers={settings.numbers}
          values={numbers}
          onChange={(number, value) => setNumbers({ ...numbers, [numberKey(number)]: value })}
        />
      </Stack>
      <Group justify="flex-end" mt={16}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={command.isPending} disabled={commands.length === 0}>
          Change
        </Button>
      </Group>
    </form>
  );
}
