import { gallery } from '@/lib/gallery/gallery.generated';
import type { GalleryEntry } from '@/lib/gallery/gallery-entry';
import type { Command } from '../command';
import { EXIT, UsageError } from '../exit-code';
import { parseOptions } from '../options';

const entries: GalleryEntry[] = Object.values(gallery);

export const command: Command = {
  summary: 'lists the ready networks',
  usage: 'list [--json]',
  async run(args) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean', default: false } });
    if (positionals.join(' ') !== 'list') throw new UsageError('gallery has one verb: list.');
    const rows = entries.map(({ id, title, section, summary, document }) => ({
      id,
      title,
      section,
      summary,
      expected: document.expected,
    }));
    if (values.json) console.log(JSON.stringify(rows));
    else
      for (const { id, section, title, summary } of rows)
        console.log(`${section}  ${id.padEnd(22)}${title}: ${summary}`);
    return EXIT.done;
  },
};
