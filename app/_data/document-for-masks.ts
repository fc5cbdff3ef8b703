import type { DatasetCard } from '@/lib/datasets/card';
import { buildDocument, type NodePlan } from '@/lib/gallery/build-document';
import type { Document } from '@/lib/graph/document';

interface Segmentation {
  image: string;
  mask: string;
  classes: number;
}

/** A picture and a class for each of its pixels, of a size that can be halved twice. */
export function segmentationOf(card: DatasetCard): Segmentation | undefined {
  const fields = Object.entries(card.fields);
  const image = fields.find(([, { spec }]) => spec.meaning === 'image' && spec.shape?.length === 4);
  const [, height, width] = image?.[1].spec.shape ?? [];
  const mask = fields.find(
    ([, { spec, classes }]) =>
      classes !== undefined && spec.shape?.length === 3 && spec.shape[1] === height && spec.shape[2] === width,
  );
  const classes = mask?.[1].classes?.length;
  const even = [height, width].every((size) => typeof size === 'number' && size % 4 === 0);
  return image && mask && classes && even ? { image: image[0], mask: mask[0], classes } : undefined;
}

const stage = (kind: string, filters: number, stride: number, from: string): NodePlan => ({
  kind,
  params: { filters, kernel: [3, 3], stride: [stride, stride], padding: 'same', activation: 'relu' },
  from: { x: from },
});

/** Two halvings, two doublings, and a wire over the gap: a class for every pixel. */
export function documentForMasks(card: DatasetCard, { image, mask, classes }: Segmentation): Document {
  const truth = `data.${mask}`;
  return buildDocument({
    title: card.title,
    params: { epochs: { title: 'Epochs', default: 20, min: 1 } },
    presets: { quick: { epochs: 5 } },
    settings: { batch: 16, lengths: {} },
    rows: [
      {
        nodes: {
          data: { kind: 'dataset', params: { dataset: card.id } },
          half: stage('conv-2d', 16, 2, `data.${image}`),
          quarter: stage('conv-2d', 32, 2, 'half'),
          bottom: stage('conv-2d', 64, 1, 'quarter'),
        },
      },
      {
        nodes: {
          up: stage('conv-2d-transpose', 16, 2, 'bottom'),
          skip: { kind: 'add', from: { x: ['up', 'half'] } },
          scores: {
            kind: 'conv-2d-transpose',
            params: { filters: classes, kernel: [4, 4], stride: [2, 2], padding: 'same' },
            from: { x: 'skip' },
          },
          softmax: { kind: 'softmax', from: { x: 'scores' } },
          answer: { kind: 'output', params: { key: 'answer' }, from: { x: 'softmax' } },
        },
      },
      {
        nodes: {
          loss: { kind: 'cross-entropy', from: { logits: 'scores', labels: truth } },
          adam: { kind: 'adam', params: { rate: 0.002 }, from: { loss: 'loss.loss' }, at: { column: 2 } },
          training: {
            kind: 'training',
            params: { epochs: { '=': 'epochs' } },
            from: { steps: ['adam.step'], monitor: 'iou.metric' },
          },
          iou: { kind: 'mean-iou', from: { logits: 'scores', labels: truth }, at: { column: 0, down: 124 } },
          overlay: {
            kind: 'masks',
            params: { count: 12 },
            from: { image: `data.${image}`, scores: 'scores', mask: truth },
            at: { column: 4 },
          },
        },
      },
    ],
    frames: [{ title: 'How it learns', around: ['loss', 'overlay'], height: 320 }],
  });
}
