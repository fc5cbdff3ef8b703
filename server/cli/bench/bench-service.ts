import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from '@trpc/client';
import superjson from 'superjson';
import { WebSocket } from 'ws';
import { required } from '@/lib/base/invariant';
import { compile } from '@/lib/compile/compile';
import type { Document } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { AppRouter } from '@/server/api/router';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { machine } from './machine';
import { median } from './median';
import { startService } from './start-service';
import { benchCases } from './train/cases';
import { openOwn } from './train/own-peer';

export interface ServiceReport {
  name: 'service';
  machine: Record<string, string | number>;
  /** Examples per second, medians: of a run that a client watches through the whole service, and of the engine alone. */
  rows: {
    case: string;
    ours: number;
    peers: { engine: number };
    ratio: number;
    rounds: { ours: number; engine: number }[];
  }[];
}

const BATCH = 64;
const WARM_UP = 40;

/**
 * The convolutional network through everything (web, queue, worker, database, a client that follows the run over its
 * socket), against the engine in a process of its own; rounds alternate. Both take the time between two events of the
 * run's log, in the service at their arrival at the client.
 */
export async function benchService(options: {
  rounds: number;
  iterations: number;
  threads: number;
}): Promise<ServiceReport> {
  const { rounds: count, iterations, threads } = options;
  const document = withLength(
    required(
      benchCases().find(({ name }) => name === 'cnn'),
      'the case cnn',
    ).document,
    WARM_UP + iterations,
  );
  const { program, totals } = compile(document, { kinds, datasets: nodeDatasets().cards(), batch: BATCH });
  const service = await startService();
  try {
    const client = await guestOf(service.url);
    const job = { program: required(program, 'the case compiles'), threads, warmUp: WARM_UP, iterations, stock: false };
    const engine = await openOwn(job, totals.trainableParameters);
    try {
      const { workspaces } = await client.trpc.session.get.query();
      const workspaceId = required(workspaces[0], 'a guest has a workspace').id;
      const { id: documentId } = await client.trpc.documents.create.mutate({ workspaceId, from: { document } });
      const rounds: { ours: number; engine: number }[] = [];
      for (let round = 0; round <= count; round++) {
        const taken = { ours: await measureRun(client.trpc, documentId), engine: await engine.measure() };
        console.error(
          `${round === 0 ? 'warming up' : `round ${round}/${count}`}: service ${Math.round(taken.ours)}, engine ${Math.round(taken.engine)} examples/s`,
        );
        if (round > 0) rounds.push(taken);
      }
      const [ours, alone] = [median(rounds.map((one) => one.ours)), median(rounds.map((one) => one.engine))];
      const row = { case: 'cnn', ours, peers: { engine: alone }, ratio: ours / alone, rounds };
      return { name: 'service', machine: { ...machine(), threads }, rows: [row] };
    } finally {
      await engine.close();
      await client.leave();
    }
  } finally {
    await service.stop();
  }
}

function withLength(document: Document, iterations: number): Document {
  const nodes = Object.entries(document.graph.nodes).map(([id, node]) => [
    id,
    node.kind === 'training' ? { ...node, params: { ...node.params, lengthBy: 'iterations', iterations } } : node,
  ]);
  return { ...document, graph: { ...document.graph, nodes: Object.fromEntries(nodes) } };
}

type Client = ReturnType<typeof createTRPCClient<AppRouter>>;

/** A guest as a browser would be one. */
async function guestOf(url: string): Promise<{ trpc: Client; leave(): Promise<void> }> {
  const answer = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok) throw new Error(`The service lets no guest in: ${answer.status}.`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = { origin: url, cookie };
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const socket = createWSClient({ url: `${url.replace('http', 'ws')}/ws/trpc`, WebSocket: Socket as never });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: wsLink({ client: socket, transformer: superjson }),
        false: httpLink({ url: `${url}/api/trpc`, transformer: superjson, headers }),
      }),
    ],
  });
  return { trpc, leave: () => socket.close() };
}

/** Runs the document once, to its end, and answers the examples per second that the client saw. */
async function measureRun(trpc: Client, documentId: string): Promise<number> {
  const started = await trpc.runs.start.mutate({ documentId });
  if (!('runId' in started)) throw new Error('Invariant: the case compiles in the service too');
  const seen: { iteration: number; at: number }[] = [];
  await new Promise<void>((resolve, reject) => {
    const subscription = trpc.runs.watch.subscribe(
      { id: started.runId },
      {
        onError: reject,
        onData({ data }) {
          const at = performance.now();
          if (data.kind === 'events')
            for (const { event } of data.events)
              if (event.type === 'metrics' && event.iteration + 1 >= WARM_UP)
                seen.push({ iteration: event.iteration, at });
          if (data.kind !== 'state' || data.run.status === 'queued' || data.run.status === 'running') return;
          subscription.unsubscribe();
          if (data.run.status === 'succeeded') resolve();
          else reject(new Error(`The run ended as ${data.run.status}.`));
        },
      },
    );
  });
  // Several events come at once, of which the last was made just before. Of the very last ones, some wait for the sweep
  // behind them.
  const latest = [...new Map(seen.map((one) => [one.at, one])).values()];
  const [begin, end] = [required(latest[0], 'events'), required(latest.at(-2), 'events')];
  return ((end.iteration - begin.iteration) * BATCH * 1000) / (end.at - begin.at);
}
