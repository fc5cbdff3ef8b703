import { documentCatalogue, documentKind } from '@/lib/nodes/document-kinds';
import type { Face, KindDocs } from '@/lib/nodes/kind';

/** A file that is made from what the kinds say of themselves; `folder`: all of a folder, where others are stale. */
export interface Derived {
  files: Record<string, string>;
  folder?: string;
}

/** Reference pages of all kinds, and the icons that they name. */
export const derive = (faces: Record<string, Face>, docs: Record<string, KindDocs>): Derived[] => [
  {
    folder: 'docs/nodes',
    files: {
      'docs/nodes/README.md': documentCatalogue(faces),
      ...Object.fromEntries(
        Object.entries(docs).flatMap(([id, said]) => {
          const face = faces[id];
          return face ? [[`docs/nodes/${id}.md`, documentKind(face, said)]] : [];
        }),
      ),
    },
  },
  { files: { 'app/_editor/model/kind-icons.generated.ts': iconsText(faces) } },
];

const pascal = (icon: string): string =>
  icon.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const quoted = (key: string): string => (/^[a-z][a-z0-9]*$/.test(key) ? key : `'${key}'`);

/** Icons by the names that kinds use, so that only these are bundled. */
export function iconsText(faces: Record<string, Face>): string {
  const icons = [...new Set(Object.values(faces).map(({ icon }) => icon))].sort();
  return [
    '// Made by `npm run generate` from the faces of the kinds. Do not edit.',
    'import {',
    ...icons.map((icon) => `  Icon${pascal(icon)},`),
    '  type TablerIcon,',
    "} from '@tabler/icons-react';",
    '',
    'export const kindIcons: Record<string, TablerIcon> = {',
    ...icons.map((icon) => `  ${quoted(icon)}: Icon${pascal(icon)},`),
    '};',
    '',
  ].join('\n');
}
