import { expect, it } from 'vitest';
import { obstacleTo, Preview } from '@/app/_preview/preview';
import { required } from '@/lib/base/invariant';
import { compile } from '@/lib/compile/compile';
import { iterationFlops } from '@/lib/compile/iteration-flops';
import { gallery } from '@/lib/gallery/gallery.generated';
import { kinds } from '@/lib/nodes/kinds.generated';
import { cards } from '@/tests/helpers/cards';

const documentOf = (id: string) => required(gallery[id], id).document;
const compiled = (id: string, batch?: number) => {
  const document = documentOf(id);
  return compile(batch === undefined ? document : { ...document, settings: { ...document.settings, batch } }, {
    kinds,
    datasets: cards,
    preset: 'quick',
  });
};

const noRows = (): Promise<never> => Promise.reject(new Error('The data set has gone from this machine.'));

it('weighs what every iteration computes, not what is written now and then', () => {
  const { program, totals } = compiled('rnn-text');
  const flops = iterationFlops(required(program, 'program'));
  expect(flops).toBeLessThan(totals.flops / 2);
  // Scores of 38 characters from 96 units at each of 64 steps are among it.
  expect(flops).toBeGreaterThan(2 * 96 * 38 * 64);
  expect(obstacleTo(compiled('rnn-text'))).toBeNull();
});

it('counts the block that an update calls, and nothing that only has a similar name', () => {
  const report = Object.fromEntries(
    ['iterate', 'iterate/dense', 'iterate/deep/dense', 'iterate2', 'metric'].map((path, place) => [
      path,
      { flops: 10 ** place, parameters: 0, trainableParameters: 0, activationBytes: 0 },
    ]),
  );
  const { program } = compiled('mc-dropout');
  const tasks = required(program, 'program').tasks.map((task) =>
    task.do === 'fetch' || task.do === 'update' ? { ...task, ops: ['iterate'] } : { ...task, ops: ['metric'] },
  );
  expect(iterationFlops({ tasks, report })).toBe(111);
});

it('says of a network that is too large for the page how large it is and what to do', async () => {
  const preview = new Preview(noRows);
  const result = compiled('mnist-cnn', 60_000);
  await preview.start(documentOf('mnist-cnn'), result, { documentId: 'd' });
  const { run } = preview.store.getState();
  expect(run?.status).toBe('failed');
  expect(run?.finishedAt).not.toBeNull();
  expect(run?.reason).toMatch(
    /^This network is too large for the page: a batch of 60000 takes [\d.,]+ GFLOPs .*Press Run/,
  );
});

it('says of a document that does not compile what is wrong with it', async () => {
  const preview = new Preview(noRows);
  const document = documentOf('mnist-cnn');
  const broken = { ...document, graph: { ...document.graph, edges: {} } };
  const result = compile(broken, { kinds, datasets: cards });
  await preview.start(broken, result, { documentId: 'd' });
  const error = result.diagnostics.find(({ severity }) => severity === 'error');
  expect(preview.store.getState().run).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining(required(error, 'an error').message),
  });
});

it('says why the data did not come', async () => {
  const preview = new Preview(noRows);
  await preview.start(documentOf('rnn-text'), compiled('rnn-text'), { documentId: 'd' });
  expect(preview.store.getState().run).toMatchObject({
    status: 'failed',
    reason: 'The data did not come to this page. The data set has gone from this machine.',
  });
});
