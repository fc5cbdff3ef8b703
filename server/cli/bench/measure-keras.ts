import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { threadEnvironment } from '@/server/engine/engine-environment';
import { projectRoot } from '@/server/engine/project';
import type { PythonEnvironment } from '@/server/engine/python-environment';

const measured = z.object({
  examplesPerSecond: z.number(),
  parameters: z.number(),
  tensorflow: z.string(),
  keras: z.string(),
});

export type KerasMeasured = z.infer<typeof measured>;

/** The first training digits as raw files for a peer: the same bytes that our engine trains on. */
export async function writeDigits(folder: string, examples: number): Promise<{ images: string; labels: string }> {
  const mnist = await nodeDatasets().open('mnist', {});
  const count = Math.min(examples, mnist.card.counts.train);
  const rows = Int32Array.from({ length: count }, (_, index) => index);
  const { image, label } = mnist.read('train', rows, ['image', 'label']);
  if (!image || !label) throw new Error('Invariant: MNIST has image and label');
  const files = { images: path.join(folder, 'images.bin'), labels: path.join(folder, 'labels.bin') };
  writeFileSync(files.images, Uint8Array.from(image.data as Uint8Array));
  writeFileSync(files.labels, Uint8Array.from(label.data as Int32Array));
  return files;
}

/** Examples per second of Keras' `fit` on the same TensorFlow release, with the same thread count. */
export async function measureKeras(
  python: PythonEnvironment,
  job: {
    case: string;
    files: { images: string; labels: string };
    threads: number;
    warmUp: number;
    iterations: number;
    batch: number;
  },
): Promise<KerasMeasured> {
  const script = path.join(projectRoot, 'server', 'cli', 'bench', 'keras-peer.py');
  const { images, labels } = job.files;
  const sizes = [job.iterations * job.batch, job.batch, job.warmUp * job.batch].map(String);
  const env = threadEnvironment(job.threads);
  return measured.parse(await python.runJson(script, [job.case, images, labels, ...sizes], { env }));
}
