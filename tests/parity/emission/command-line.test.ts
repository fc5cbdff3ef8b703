import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { callFunction, type Weights, weightsOf } from '@/lib/engine/call-function';
import type { HostTensor } from '@/lib/nodes/kind';
import { uniform } from '@/lib/tensor/philox';
import { latestCheckpoint, programOf } from '@/server/cli/train/run-folder';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { runTorch, torchMissing } from '@/tests/helpers/torch';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { netloom } from '@/tests/integration/cli/run-netloom';
import { askPeer, expectClose } from '../keras/peer';

/** A digits network trained for two steps, and what the command line makes of it. */
const missing = await torchMissing();
const folder = mkdtempSync(path.join(tmpdir(), 'netloom-export-'));
const run = path.join(folder, 'run');
const files: Record<string, Uint8Array> = {};
const pictures: HostTensor = { data: uniform([7, 7], 5 * 28 * 28), shape: [5, 28, 28, 1] };
let ours: HostTensor;
let weights: Weights;

beforeAll(async () => {
  await preparePeers();
  await ensureEngine();
  const length = ['--iterations', '2', '--batch', '32', '--threads', '2', '--seed', '7'];
  const trained = await netloom(['train', 'gallery:mnist-cnn', '--out', run, ...length, '--json']);
  expect(trained.status, trained.stderr).toBe(0);
  for (const format of ['onnx', 'torch-code', 'safetensors']) {
    const file = path.join(folder, format);
    const exported = await netloom(['export', run, '--format', format, '--out', file, '--json']);
    expect(exported.status, exported.stderr).toBe(0);
    expect(exported.lines.at(-1)).toMatchObject({ ok: true, format, file, function: 'digit' });
    files[format] = readFileSync(file);
  }
  const checkpoint = required(await latestCheckpoint(run), 'a checkpoint');
  weights = weightsOf(checkpoint);
  const host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
  const { digit } = callFunction(programOf(run), weights, host, 'digit', { image: pictures });
  ours = required(digit, 'an answer');
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a trained network from the command line', () => {
  it('predicts the same in ONNX Runtime', async () => {
    const cases = [{ name: 'digit', file: 'digit.onnx', inputs: { image: 'image' } }];
    const made = { 'digit.onnx': required(files.onnx, 'the file') };
    const peer = await askPeer('../emission/run_onnx.py', { cases }, made, { image: pictures });
    expect(peer.answer.problems).toEqual({});
    expectClose(await peer.tensor('digit'), ours);
    await peer.close();
  });

  it('predicts the same in PyTorch', async (context) => {
    if (missing) return context.skip(missing);
    const inside = unzipSync(required(files['torch-code'], 'the file'));
    const file = required(
      Object.keys(inside).find((name) => name.endsWith('.py')),
      'a module',
    );
    const cases = [{ name: 'digit', file, inputs: [{ tensor: 'image', first: true }], first: false }];
    const peer = await askPeer('../emission/run_torch.py', { cases }, inside, { image: pictures }, runTorch);
    expect(peer.answer.problems).toEqual({});
    expectClose(await peer.tensor('digit'), ours);
    await peer.close();
  });

  it('hands out every weight of the function, one after another, as safetensors', () => {
    const bytes = required(files.safetensors, 'the file');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString('utf8')) as Record<string, unknown>;
    const { __metadata__: about, ...tensors } = header;
    expect((about as { about: string }).about).toContain('Trained on MNIST');
    let end = 0;
    const program = programOf(run);
    for (const [name, entry] of Object.entries(tensors)) {
      const {
        dtype,
        shape,
        data_offsets: at,
      } = entry as { dtype: string; shape: number[]; data_offsets: [number, number] };
      const { id } = required(
        program.variables.find((variable) => variable.name === name),
        name,
      );
      const wanted = required(weights[id], id);
      expect([dtype, shape, at[0]]).toEqual(['F32', wanted.shape, end]);
      const data = new Float32Array(Uint8Array.from(bytes.subarray(8 + length + at[0], 8 + length + at[1])).buffer);
      expect(data).toEqual(wanted.data);
      end = at[1];
    }
    expect(8 + length + end).toBe(bytes.length);
    expect(Object.keys(tensors).length).toBe(8);
  });
});
