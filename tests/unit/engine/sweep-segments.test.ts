import { expect, test } from 'vitest';
import type { Program, ValueId } from '@/lib/compile/program';
import { segmentsOf } from '@/lib/engine/sweep-segments';
import { gallery } from '@/lib/gallery/gallery.generated';
import { mnistCnn } from '@/tests/helpers/build-document';
import { programOf } from '@/tests/helpers/compile-context';
import { imageCaptioning } from '@/tests/helpers/data-documents';

/** The validation sweep in segments: graph, metrics, what it gives, host ops. */
function segments(program: Program) {
  const sweep = program.tasks.find((task) => task.do === 'sweep' && task.split === 'validation');
  if (sweep?.do !== 'sweep') throw new Error('no sweep');
  const ops = program.ops.filter(({ id }) => sweep.ops.includes(id));
  const folds = program.folds.filter(({ id }) => sweep.folds.includes(id));
  const given = new Set<ValueId>(ops.filter(({ kind }) => kind === 'dataset').flatMap(({ out }) => Object.values(out)));
  return segmentsOf(ops, folds, given, ({ where }) => where === 'host').map(({ device, folds: own, gives, host }) => ({
    graph: device.map(({ id }) => id),
    folds: own.map(({ id }) => id),
    gives,
    host: host.map(({ id }) => id),
  }));
}

test('without host ops a sweep is one graph', () => {
  expect(segments(programOf(mnistCnn()))).toEqual([
    {
      graph: ['conv1', 'pool1', 'conv2', 'pool2', 'flat', 'drop', 'dense1', 'logits', 'L'],
      folds: ['L', 'acc'],
      gives: [],
      host: [],
    },
  ]);
});

test('captions: features, then tokens and sentences on the host, then the losses', () => {
  expect(segments(programOf(imageCaptioning()))).toEqual([
    {
      graph: ['F/small', 'F/flat', 'F/f', 'Y/all'],
      folds: [],
      gives: ['F/f.y', 'Y/all.y'],
      host: ['t', 'say'],
    },
    {
      graph: ['pad', 'right', 'Y/e', 'Y/both', 'Y/r', 'Y/scores', 'L'],
      folds: ['L', 'exact'],
      gives: [],
      host: [],
    },
  ]);
});

test('detection: proposals and targets on the host, both heads in one graph, then the choice among detections', () => {
  const found = segments(programOf(gallery['rcnn-detection']?.document as never));
  expect(found.map(({ host }) => host.length > 0)).toEqual([true, true, false]);
  expect(found[0]?.graph).toEqual([]);
  // Only what the choice among detections reads leaves the graph.
  expect(found[1]?.gives.length).toBeLessThan(4);
  expect(found[2]?.graph).toEqual([]);
  expect(found[2]?.folds).toHaveLength(1);
});
