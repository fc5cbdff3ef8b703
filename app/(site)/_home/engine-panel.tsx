'use client';

import { useQuery } from '@tanstack/react-query';
import { useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';
import { Panel } from '@/app/_ui/panel';
import type { EngineStatus } from '@/lib/protocol/service';
import classes from './home.module.css';

const NAMES: Record<EngineStatus['engine'], string> = {
  tensorflow: 'TensorFlow',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** What computes here, and what would make it faster: nobody has to guess. */
export function EnginePanel() {
  const trpc = useTRPC();
  const session = useSession();
  const status = useQuery({
    ...trpc.engine.status.queryOptions(),
    enabled: session.data !== undefined,
    refetchInterval: (query) => (query.state.data?.problems.length ? 5_000 : 60_000),
  });
  const engine = status.data;
  if (!engine) return null;
  const version = engine.engine === 'tensorflow' ? (engine.versions.tensorflow ?? '') : engine.versions.tfjs;
  return (
    <Panel title="This machine" aside={engine.workers === 1 ? '1 worker' : `${engine.workers} workers`}>
      <div className={classes.engine}>
        <span className={classes.engineLine}>
          <span className={classes.dot} data-tone={engine.engine === 'tensorflow' ? 'ok' : 'warn'} />
          {NAMES[engine.engine]} {version} · {engine.device}
        </span>
        {engine.problems.map((problem) => (
          <div key={problem.code}>
            <div>{problem.message}</div>
            {problem.fix && <div className={classes.fix}>{problem.fix}</div>}
          </div>
        ))}
      </div>
    </Panel>
  );
}
