'use client';
import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { formatBytes } from '../model/format';
import { deviceName, useEngineStatus } from './engine-status';
import classes from './shell.module.css';

const NAMES = { tensorflow: 'TensorFlow', webgpu: 'WebGPU', wasm: 'WASM', cpu: 'JavaScript' } as const;

/** What trains here, and what is missing for something faster. */
export function EngineChip() {
  const { data, isError } = useEngineStatus();
  const fine = data && data.problems.length === 0;
  const color = isError ? 'var(--nl-error)' : fine ? 'var(--nl-ok)' : data ? 'var(--nl-warn)' : 'var(--nl-line-2)';
  const title = data ? `${deviceName(data.device)} · ${NAMES[data.engine]}` : isError ? 'No engine' : 'Engine …';
  return (
    <Popover position="bottom-end" width={320}>
      <Popover.Target>
        <button type="button" className={classes.engine}>
          <i style={{ background: color }} />
          {title}
          <IconChevronDown size={14} stroke={1.75} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.engineCard ?? ''}>
        {data ? (
          <>
            <b>{NAMES[data.engine]}</b>
            <p>
              {data.device}
              {data.memoryBytes ? ` · ${formatBytes(data.memoryBytes)} of memory` : ''}
            </p>
            <p>
              {data.workers} {data.workers === 1 ? 'worker' : 'workers'} · TensorFlow.js {data.versions.tfjs}
              {data.versions.tensorflow ? ` · TensorFlow ${data.versions.tensorflow}` : ''}
            </p>
            {data.problems.map((problem) => (
              <div key={problem.code} className={classes.engineProblem}>
                {problem.message}
                <code>{problem.fix}</code>
              </div>
            ))}
          </>
        ) : (
          <p>{isError ? 'The server did not say what trains here.' : 'Asking the server …'}</p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
