import { limitsOn } from '@/lib/compile/limits-on';
import type { Reinference } from '@/lib/compile/reinfer';
import type { Document } from '@/lib/graph/document';
import { afterPicture } from './after-picture';
import type { DocumentStore } from './document-store';

/** Milliseconds that a compile waits at most. */
const LATEST = 120;

/** The compiler, with the inference of the kinds, comes after the first picture of the graph, not before it. */
const loadCompiler = async () => {
  await afterPicture();
  return Promise.all([
    import('@/lib/compile/compile'),
    import('@/lib/compile/reinfer'),
    import('@/lib/nodes/face-kinds'),
  ]);
};

/** Compiles after every edit that can matter, when the page has time; shapes follow at once. Returns how to stop. */
export function compileWhenIdle(store: DocumentStore): () => void {
  let waiting: number | null = null;
  let stopped = false;
  let compiler: ReturnType<typeof loadCompiler> | null = null;
  const later: (run: () => void) => number =
    typeof requestIdleCallback === 'function'
      ? (run) => requestIdleCallback(run, { timeout: LATEST })
      : (run) => window.setTimeout(run, 16);
  let session: Reinference | null = null;
  const run = () => {
    compiler ??= loadCompiler();
    void compiler.then(([{ compile }, { Reinference }, { faceKinds }]) => {
      waiting = null;
      if (stopped) return;
      const { document, cards, assets, device, setResult } = store.getState();
      const limits = device ? limitsOn(device.bytes) : {};
      const context = { kinds: faceKinds, datasets: cards, assets, limits };
      setResult(compile(document, context));
      // One that followed every edit so far is as good as a new one.
      session ??= new Reinference(document, context);
    });
  };
  const schedule = () => {
    if (waiting === null) waiting = later(run);
  };
  schedule();
  const unsubscribe = store.subscribe((state, before) => {
    if (state.cards !== before.cards || state.assets !== before.assets || state.device !== before.device)
      session = null;
    else if (!changesMeaning(state.document, before.document)) return;
    else if (session) follow(state.document);
    schedule();
  });
  /** Shapes follow an edit of params at once; problems and figures with the next compile. */
  const follow = (document: Document) => {
    const changed = session?.edit(document) ?? null;
    const { result, setResult } = store.getState();
    if (!changed) session = null;
    else if (session && result) setResult({ ...result, nodes: session.insights(result.nodes, changed) });
  };
  return () => {
    stopped = true;
    unsubscribe();
  };
}

/** Layout, notes and frames are not part of a program. */
function changesMeaning(a: object, b: object): boolean {
  if (a === b) return false;
  const { layout: _a, notes: _na, frames: _fa, ...left } = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return Object.keys(left).some((key) => left[key] !== right[key]);
}
