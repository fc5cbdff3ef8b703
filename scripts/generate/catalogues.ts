import type { Catalogue } from './catalogue';

/** The last part of a path without `suffix`, or null where it does not end so. */
const baseName = (suffix: string) => (path: string) =>
  path.endsWith(suffix) ? (path.split('/').at(-1) ?? '').slice(0, -suffix.length) : null;

const node = baseName('.node.ts');

/** The name of the folder that directly holds an `entry.ts`. */
const galleryFolder = (path: string): string | null => /^([a-z0-9-]+)\/entry\.ts$/.exec(path)?.[1] ?? null;

/**
 * Every catalogue of the project. Faces stand alone so that the editor's bundle takes no inference, no texts, no
 * execution and no emission with them (DECISIONS 3).
 */
export const catalogues: Catalogue[] = [
  {
    target: 'lib/nodes/faces.generated.ts',
    name: 'faces',
    folder: 'lib/nodes',
    key: node,
    exports: ['face'],
    member: 'export',
    type: 'Face',
  },
  {
    target: 'lib/nodes/infers.generated.ts',
    name: 'infers',
    folder: 'lib/nodes',
    key: node,
    exports: ['infer'],
    member: 'export',
    type: 'Infer',
  },
  {
    target: 'lib/nodes/docs.generated.ts',
    name: 'docs',
    folder: 'lib/nodes',
    key: node,
    exports: ['docs'],
    member: 'export',
    type: 'KindDocs',
  },
  {
    target: 'lib/nodes/examples.generated.ts',
    name: 'examples',
    folder: 'lib/nodes',
    key: node,
    exports: ['examples'],
    member: 'export',
    type: 'KindExamples',
  },
  {
    target: 'lib/nodes/kinds.generated.ts',
    name: 'kinds',
    folder: 'lib/nodes',
    key: node,
    exports: ['face', 'infer', 'run', 'emit'],
    member: 'object',
    type: 'Kind',
  },
  {
    target: 'lib/datasets/datasets.generated.ts',
    name: 'datasets',
    folder: 'lib/datasets',
    key: baseName('.dataset.ts'),
    exports: ['dataset'],
    member: 'export',
    type: 'DatasetDefinition',
  },
  {
    target: 'lib/environments/environments.generated.ts',
    name: 'environments',
    folder: 'lib/environments',
    key: baseName('.environment.ts'),
    exports: ['environment'],
    member: 'export',
    type: 'Environment',
  },
  {
    target: 'lib/gallery/gallery.generated.ts',
    name: 'gallery',
    folder: 'lib/gallery',
    key: galleryFolder,
    exports: ['entry'],
    member: 'export',
    type: 'GalleryEntry',
  },
  {
    target: 'lib/export/exporters.generated.ts',
    name: 'exporters',
    folder: 'lib/export',
    key: baseName('.exporter.ts'),
    exports: ['exporter'],
    member: 'export',
    type: 'Exporter',
  },
];
