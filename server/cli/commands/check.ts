import { compile } from '@/lib/compile/compile';
import { NO_MEMORY } from '@/lib/compile/measure-memory';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { assetCards } from '../asset-cards';
import type { Command } from '../command';
import { EXIT, UsageError } from '../exit-code';
import { parseOptions, wholeNumber } from '../options';
import { printDiagnostics } from '../print-diagnostics';
import { readSource } from '../read-source';
import { uploadsFolder } from '../uploads-folder';
import { namedPaths } from '../user-path';

const NOTHING = { nodes: 0, parameters: 0, trainableParameters: 0, flops: 0, activationBytes: 0, memory: NO_MEMORY };

export const command: Command = {
  summary: 'says what is wrong with a document, and how big it is',
  usage:
    'FILE|gallery:<id> [--preset NAME] [--batch N] [--asset ID=FILE] [--json]\n\nExit code 1 where there are errors.',
  async run(args) {
    const { values, positionals } = parseOptions(args, {
      json: { type: 'boolean', default: false },
      preset: { type: 'string' },
      batch: { type: 'string' },
      asset: { type: 'string', multiple: true, default: [] },
    });
    const [source] = positionals;
    if (source === undefined || positionals.length > 1) throw new UsageError('Give one document.');
    const batch = wholeNumber('batch', values.batch, 1);
    const assets = assetCards(namedPaths('asset', values.asset, 'encoder=encoder.safetensors'));
    const { document, diagnostics: reading } = readSource(source);
    const result = document
      ? compile(document, {
          kinds,
          datasets: nodeDatasets({ uploads: uploadsFolder() }).cards(),
          assets,
          ...(values.preset === undefined ? {} : { preset: values.preset }),
          ...(batch === undefined ? {} : { batch }),
        })
      : undefined;
    const diagnostics = [...reading, ...(result?.diagnostics ?? [])];
    const ok = !diagnostics.some(({ severity }) => severity === 'error');
    const totals = result?.totals ?? NOTHING;
    if (values.json) console.log(JSON.stringify({ ok, diagnostics, totals, hash: result?.program?.hash ?? null }));
    else {
      printDiagnostics(diagnostics, document);
      console.log(
        `${ok ? 'Nothing stands in the way' : 'This cannot run'}: ${totals.nodes} nodes, ${totals.parameters} parameters.`,
      );
    }
    return ok ? EXIT.done : EXIT.input;
  },
};
