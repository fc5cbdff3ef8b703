import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { largeDocument } from '@/lib/gallery/large-document';
import { InputError } from '../exit-code';
import { machine } from './machine';
import { poll, startService } from './start-service';

export interface EditorReport {
  name: string;
  machine: Record<string, string | number>;
  /** `ours` and `peers.reactFlow`: frames per second; `ratio`: ours / React Flow's. */
  rows: {
    case: string;
    ours: number;
    peers: { reactFlow: number };
    ratio: number;
    /** Milliseconds of which 95 % of frames stay below. */
    p95: { ours: number; reactFlow: number };
    /** Milliseconds of processor time that the page's main thread takes for a frame: other programs do not count. */
    cpu: { ours: number; reactFlow: number };
    /** Nodes whose place changed, and commits of React, for each frame of a drag. */
    nodesPerFrame?: number;
    commitsPerFrame?: number;
  }[];
  load: {
    /** Of all scripts that come before the first picture in a browser that has none of them yet, compressed. */
    scriptBytes: number;
    /** Of those that come after it by themselves. */
    laterBytes: number;
    /** From the request to the first picture of the graph, and to the first quiet half second. */
    canvasMs: number;
    interactiveMs: number;
    /** Processor time of the main thread until the first picture, in milliseconds. */
    cpuMs: number;
  };
}

const GESTURE_MS = 2_500;

/**
 * The editor in Chromium against a page with plain React Flow nodes at the same places, in the same browser one after
 * the other. Starts a service of its own, or uses the one at `url`.
 */
export async function benchEditor(options: { url: string | null; counts: number[] }): Promise<EditorReport> {
  const service = options.url ? { url: options.url, stop: async () => undefined } : await startService();
  const { chromium } = await import('@playwright/test').catch(() => {
    throw new InputError('bench editor needs the development packages: run npm ci without --omit=dev.');
  });
  const own = process.env.CHROMIUM ?? '/usr/bin/chromium';
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({
      ...(existsSync(own) ? { executablePath: own } : {}),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    const maker = await browser.newContext({ baseURL: service.url });
    const addresses = [];
    for (const count of options.counts) addresses.push({ count, address: await makeDocument(maker, count) });
    // Who made the documents comes back with an empty cache.
    const context = await browser.newContext({
      baseURL: service.url,
      viewport: { width: 1440, height: 900 },
      storageState: await maker.storageState(),
    });
    // What compiles this file on the fly names functions with a helper that the page does not have.
    await context.addInitScript('globalThis.__name = (value) => value;');
    await context.addInitScript(instrument);
    const rows: EditorReport['rows'] = [];
    let load: EditorReport['load'] | undefined;
    for (const { count, address } of addresses) {
      const ours = await measurePage(context, address, '.react-flow__node-kind');
      load ??= ours.load;
      const peer = await measurePage(context, `/bench/plain-flow?nodes=${count}`, '.react-flow__node');
      for (const gesture of GESTURES) {
        const [mine, theirs] = [ours.gestures[gesture], peer.gestures[gesture]];
        rows.push({
          case: `${count} nodes, ${gesture}`,
          ours: mine.fps,
          peers: { reactFlow: theirs.fps },
          ratio: mine.fps / theirs.fps,
          p95: { ours: mine.p95, reactFlow: theirs.p95 },
          cpu: { ours: mine.cpu, reactFlow: theirs.cpu },
          ...(gesture === 'drag' ? { nodesPerFrame: mine.nodes, commitsPerFrame: mine.commits } : {}),
        });
      }
    }
    if (!load) throw new Error('Invariant: at least one count');
    return { name: 'editor', machine: machine(), rows, load };
  } finally {
    await browser?.close();
    await service.stop();
  }
}

const GESTURES = ['pan', 'zoom', 'drag'] as const;
type Gesture = (typeof GESTURES)[number];
interface Measured {
  fps: number;
  p95: number;
  cpu: number;
  nodes: number;
  commits: number;
}

async function makeDocument(context: BrowserContext, count: number): Promise<string> {
  const page = await context.newPage();
  await page.goto('/');
  const read = async <T>(response: Awaited<ReturnType<typeof page.request.get>>): Promise<T> =>
    ((await response.json()) as { result: { data: { json: T } } }).result.data.json;
  await page.waitForFunction(() => document.cookie !== undefined && document.readyState === 'complete');
  const session = await poll(async () => {
    const response = await page.request.get('/api/trpc/session.get');
    return response.ok() ? read<{ workspaces: { id: string }[] }>(response) : null;
  });
  const made = await read<{ id: string }>(
    await page.request.post('/api/trpc/documents.create', {
      data: { json: { workspaceId: session.workspaces[0]?.id, from: { document: largeDocument(count) } } },
    }),
  );
  await page.close();
  return `/documents/${made.id}`;
}

async function measurePage(context: BrowserContext, address: string, node: string) {
  const page = await context.newPage();
  const scripts = await countScripts(page);
  const opened = await traceMainThread(page);
  const began = Date.now();
  await page.goto(address);
  await page.locator(node).first().waitFor({ timeout: 120_000 });
  const canvasMs = Date.now() - began;
  const scriptBytes = scripts();
  const { cpuMs } = await opened();
  await page.waitForFunction(
    () => performance.now() - (window as unknown as Probe).netloomProbe.busyUntil > 500,
    null,
    {
      timeout: 120_000,
    },
  );
  const load = {
    scriptBytes,
    laterBytes: scripts() - scriptBytes,
    canvasMs,
    interactiveMs: Date.now() - began - 500,
    cpuMs,
  };
  const gestures = {} as Record<Gesture, Measured>;
  for (const gesture of GESTURES) gestures[gesture] = await measureGesture(page, gesture, node);
  await page.close();
  return { gestures, load };
}

interface TraceEvent {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { name?: string };
}

const MAIN = 'CrRendererMain';

/** Processor time of the page's main thread and the frames that it made, from now until the answer is called. */
async function traceMainThread(page: Page): Promise<() => Promise<{ cpuMs: number; frames: number }>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { categories: 'toplevel,cc', transferMode: 'ReportEvents' });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const threads = new Set(
      events
        .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === MAIN)
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const own = events.filter(({ ph, pid, tid }) => ph === 'X' && threads.has(`${pid} ${tid}`));
    const busy = own.filter(({ name }) => name === 'ThreadControllerImpl::RunTask');
    return {
      cpuMs: busy.reduce((sum, { tdur = 0 }) => sum + tdur / 1_000, 0),
      frames: own.filter(({ name }) => name === 'ProxyMain::BeginMainFrame').length,
    };
  };
}

/** Bytes of scripts as they came over the wire, without headers, so far. */
async function countScripts(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) === 'Script') bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return () => bytes;
}

async function measureGesture(page: Page, gesture: Gesture, node: string): Promise<Measured> {
  const box = await page.locator('[data-canvas]').boundingBox();
  if (!box) throw new Error('Invariant: a canvas');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  let from = middle;
  if (gesture === 'drag') {
    from = await page.locator(node).evaluateAll((all, { x, y }) => {
      const boxes = all.map((each) => each.getBoundingClientRect());
      const away = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
      const [near] = boxes.sort((a, b) => away(a) - away(b));
      // The upper part is the header: fields below it have gestures of their own.
      return near ? { x: near.x + near.width / 2, y: near.y + Math.min(8, near.height / 4) } : { x, y };
    }, middle);
  }
  await page.mouse.move(from.x, from.y);
  if (gesture !== 'zoom') await page.mouse.down({ button: gesture === 'pan' ? 'middle' : 'left' });
  if (gesture === 'zoom') await page.keyboard.down('Control');
  const traced = await traceMainThread(page);
  await page.evaluate(() => (window as unknown as Probe).netloomProbe.start());
  const end = Date.now() + GESTURE_MS;
  for (let i = 0; Date.now() < end; i++) {
    const angle = i / 12;
    if (gesture === 'zoom') await page.mouse.wheel(0, Math.floor(i / 20) % 2 === 0 ? -40 : 40);
    else await page.mouse.move(from.x + 160 * Math.sin(angle), from.y + 90 * Math.sin(angle / 2));
  }
  const seen = await page.evaluate(() => (window as unknown as Probe).netloomProbe.stop());
  const { cpuMs, frames: drawn } = await traced();
  if (gesture === 'zoom') await page.keyboard.up('Control');
  else await page.mouse.up({ button: gesture === 'pan' ? 'middle' : 'left' });
  const frames = seen.frames.slice(1).map((at, i) => at - (seen.frames[i] ?? 0));
  const sorted = [...frames].sort((a, b) => a - b);
  return {
    fps: (1_000 * frames.length) / frames.reduce((sum, each) => sum + each, 0),
    p95: sorted[Math.floor(0.95 * sorted.length)] ?? 0,
    cpu: cpuMs / Math.max(1, drawn),
    nodes: seen.nodes / Math.max(1, seen.moved),
    commits: seen.commits / Math.max(1, frames.length),
  };
}

interface Probe {
  netloomProbe: {
    busyUntil: number;
    start(): void;
    stop(): { frames: number[]; commits: number; nodes: number; moved: number };
  };
}

/** Runs in the page before its own scripts: times of frames, commits of React, nodes whose style changes in a frame. */
function instrument(): void {
  let frames: number[] = [];
  let commits = 0;
  let nodes = 0;
  let moved = 0;
  let on = false;
  const touched = new Set<Node>();
  const probe = {
    busyUntil: 0,
    start() {
      frames = [];
      commits = nodes = moved = 0;
      on = true;
      requestAnimationFrame(tick);
    },
    stop() {
      on = false;
      return { frames, commits, nodes, moved };
    },
  };
  const tick = (at: number) => {
    if (!on) return;
    frames.push(at);
    if (touched.size > 0) {
      nodes += touched.size;
      moved++;
      touched.clear();
    }
    requestAnimationFrame(tick);
  };
  const page = window as unknown as Record<string, unknown>;
  page.netloomProbe = probe;
  page.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    renderers: new Map(),
    inject: () => 1,
    onCommitFiberRoot: () => {
      commits++;
    },
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    checkDCE: () => undefined,
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      probe.busyUntil = Math.max(probe.busyUntil, entry.startTime + entry.duration);
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if (target instanceof Element && target.classList.contains('react-flow__node')) touched.add(target);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['style'] });
}
