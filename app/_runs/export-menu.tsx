'use client';

import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { showToast } from '@/app/_ui/toast';
import type { ExportFormat, RunSummary } from '@/lib/protocol/service';
import { exportRun } from './export-run';

const FORMATS: Record<ExportFormat, { title: string; hint: string }> = {
  keras: { title: 'Keras', hint: '.keras file' },
  onnx: { title: 'ONNX', hint: 'for ONNX Runtime' },
  tfjs: { title: 'TensorFlow.js', hint: 'ZIP for a web page' },
  'keras-code': { title: 'Keras code', hint: 'Python script' },
  'torch-code': { title: 'PyTorch code', hint: 'ZIP with weights' },
  safetensors: { title: 'Safetensors', hint: 'the bare weights' },
  html: { title: 'Demo page', hint: 'one HTML file' },
};

/** Takes the trained model elsewhere: as it is now, or at a checkpoint. Possible as soon as there is one. */
export function ExportMenu({
  run,
  compact = false,
  at,
}: {
  run: RunSummary;
  compact?: boolean;
  at?: { iteration: number; title: string };
}) {
  const [busy, setBusy] = useState(false);
  const save = async (format: ExportFormat) => {
    setBusy(true);
    const problem = await exportRun(run.id, format, at?.iteration);
    setBusy(false);
    if (problem) showToast({ tone: 'error', text: problem });
  };
  const label = at ? `Export ${at.title}` : 'Export the model';
  const disabled = run.functions.length === 0 || busy;
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        {compact ? (
          <ActionIcon variant="subtle" size={28} aria-label={label} title={label} disabled={disabled}>
            <IconDownload size={16} stroke={1.75} />
          </ActionIcon>
        ) : (
          <Button leftSection={<IconDownload size={14} stroke={1.75} />} disabled={disabled} loading={busy}>
            Export
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{at ? `The weights of ${at.title}` : 'The weights as they are now'}</Menu.Label>
        {(Object.keys(FORMATS) as ExportFormat[]).map((format) => (
          <Menu.Item
            key={format}
            onClick={() => void save(format)}
            rightSection={<span style={{ color: 'var(--nl-text-3)' }}>{FORMATS[format].hint}</span>}
          >
            {FORMATS[format].title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
