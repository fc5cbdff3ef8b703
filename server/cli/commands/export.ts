import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { weightsOf } from '@/lib/engine/call-function';
import { finishedProgram } from '@/lib/engine/finished-program';
import { checkpointRef } from '@/lib/engine/run-training';
import { type Exporter, exportFileName } from '@/lib/export/exporter';
import { exporters } from '@/lib/export/exporters.generated';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { projectRequire } from '@/server/engine/project';
import type { Command } from '../command';
import { EXIT, InputError, UsageError } from '../exit-code';
import { parseOptions } from '../options';
import { printDiagnostics } from '../print-diagnostics';
import { latestCheckpoint, programOf, readSettings } from '../train/run-folder';
import { uploadsFolder } from '../uploads-folder';
import { userPath } from '../user-path';

const formats: Record<string, Exporter> = exporters;

const names = (): string => Object.keys(formats).join(', ');

/** The folder with the run itself: the given one, or a variant's within. */
function runFolder(folder: string, variant: string | undefined) {
  try {
    const { document, settings } = readSettings(folder);
    if (settings.variants.length === 0) return { document, run: folder };
    const chosen = variant ?? settings.variants[0] ?? '';
    if (!settings.variants.includes(chosen))
      throw new InputError(`--variant is one of ${settings.variants.join(', ')}, got “${chosen}”.`);
    return { document, run: path.join(folder, chosen) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${folder} holds no run. Give a folder that train --out made.`);
  }
}

export const command: Command = {
  summary: 'writes the trained model of a run directory in another format',
  usage: `RUN_DIR --format ${names().replaceAll(', ', '|')} [--out FILE] [--function NAME] [--variant ID] [--json]`,
  async run(args) {
    const { values, positionals } = parseOptions(args, {
      format: { type: 'string' },
      out: { type: 'string' },
      function: { type: 'string' },
      variant: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [directory] = positionals;
    if (directory === undefined || positionals.length > 1) throw new UsageError('Give one run directory.');
    const exporter =
      values.format !== undefined && Object.hasOwn(formats, values.format) ? formats[values.format] : undefined;
    if (!exporter) throw new UsageError(`--format is one of ${names()}, got “${values.format ?? ''}”.`);
    const { document, run } = runFolder(userPath(directory), values.variant);
    const program = programOf(run);
    const latest = await latestCheckpoint(run);
    if (!latest) throw new InputError(`${run} has no checkpoint yet. Train it first.`);
    const functions = program.functions.map((fn) => fn.name);
    const chosen = values.function ?? program.functions.find(({ inputs }) => inputs.length > 0)?.name ?? functions[0];
    if (chosen === undefined || !functions.includes(chosen))
      throw new InputError(`--function is one of ${functions.join(', ') || '(none: add an output node)'}.`);
    const exported = await exporter.export({
      ...finishedProgram(program, kinds),
      kinds,
      function: chosen,
      weights: weightsOf(latest),
      document,
      cards: nodeDatasets({ uploads: uploadsFolder() }).cards(),
      savedAt: new Date(),
      assets: { tfjsBundle: () => readFile(projectRequire.resolve('@tensorflow/tfjs/dist/tf.min.js'), 'utf8') },
    });
    if ('diagnostics' in exported) {
      if (values.json) console.log(JSON.stringify({ ok: false, diagnostics: exported.diagnostics }));
      printDiagnostics(exported.diagnostics, document);
      return EXIT.input;
    }
    const out = userPath(values.out ?? exportFileName(exporter, document.title, chosen));
    await writeFile(out, exported.bytes);
    const ref = checkpointRef(latest.iteration);
    if (values.json)
      console.log(
        JSON.stringify({
          ok: true,
          file: out,
          format: exporter.format,
          function: chosen,
          bytes: exported.bytes.length,
          checkpoint: ref,
        }),
      );
    else console.log(`${out} (${exporter.title}, ${exported.bytes.length} bytes, ${ref})`);
    return EXIT.done;
  },
};
