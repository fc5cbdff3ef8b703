import { randomId } from '@/lib/base/ids';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Command } from '@/lib/graph/command';
import type { Document, Edge, NodeId } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import type { PlainParams } from '@/lib/nodes/kind';

export interface Template {
  id: string;
  title: string;
  text: string;
  icon: 'image' | 'table' | 'points';
  make(document: Document, cards: Readonly<Record<string, DatasetCard>>): Command;
}

/** Lays out a small network; wires are written `from.port>to.port`. Kinds that are not installed are left out. */
class Sketch {
  private readonly commands: Command[] = [];
  private readonly ids = new Map<string, NodeId>();

  node(name: string, kind: string, x: number, y: number, params: PlainParams = {}): this {
    const face = faces[kind];
    if (!face) return this;
    const id = randomId('n');
    this.ids.set(name, id);
    this.commands.push({
      do: 'add-node',
      graph: 'main',
      id,
      node: { kind, version: face.version, name, params },
      layout: { x, y },
    });
    return this;
  }

  wires(...wires: string[]): this {
    for (const [index, wire] of wires.entries()) {
      const [from = '', to = ''] = wire.split('>');
      const [source, output = 'y'] = from.split('.');
      const [target, input = 'x'] = to.split('.');
      const [a, b] = [this.ids.get(source ?? ''), this.ids.get(target ?? '')];
      if (!a || !b) continue;
      const edge: Edge = {
        from: [a, output],
        to: [b, input],
        ...(input === 'steps' ? { order: String.fromCharCode(65 + index) } : {}),
      };
      this.commands.push({ do: 'add-edge', graph: 'main', id: randomId('e'), edge });
    }
    return this;
  }

  command(title: string): Command {
    return { do: 'batch', title, commands: this.commands };
  }
}

/** The learning half that all classifiers share. */
const learns = (sketch: Sketch, labels: string, epochs: number): Sketch =>
  sketch
    .node('loss', 'cross-entropy', 64, 320)
    .node('accuracy', 'accuracy', 64, 448)
    .node('adam', 'adam', 384, 320)
    .node('training', 'training', 640, 320, { epochs })
    .wires('logits.y>loss.logits', `${labels}>loss.labels`, 'logits.y>accuracy.logits', `${labels}>accuracy.labels`)
    .wires('loss.loss>adam.loss', 'adam.step>training.steps', 'accuracy.metric>training.monitor');

export const TEMPLATES: readonly Template[] = [
  {
    id: 'image-classifier',
    title: 'Image classifier',
    text: 'Handwritten digits, two convolutions, about 99 % right.',
    icon: 'image',
    make: (_, cards) =>
      learns(
        new Sketch()
          .node('data', 'dataset', 64, 64, { dataset: cards.mnist ? 'mnist' : 'digits' })
          .node('conv1', 'conv-2d', 280, 64, { filters: 16, activation: 'relu' })
          .node('pool1', 'max-pool-2d', 496, 64)
          .node('conv2', 'conv-2d', 704, 64, { filters: 32, activation: 'relu' })
          .node('flatten', 'flatten', 920, 64)
          .node('logits', 'dense', 1104, 64, { units: 10 })
          .wires('data.image>conv1', 'conv1>pool1', 'pool1>conv2', 'conv2>flatten', 'flatten>logits'),
        'data.label',
        3,
      ).command('Image classifier'),
  },
  {
    id: 'table-classifier',
    title: 'Table classifier',
    text: 'Iris flowers: four measures, three kinds.',
    icon: 'table',
    make: (_, cards) => {
      const card = cards.iris;
      const field = Object.entries(card?.fields ?? {}).find(([, { spec }]) => spec.meaning === 'features')?.[0] ?? 'x';
      const label = Object.entries(card?.fields ?? {}).find(([, { spec }]) => spec.meaning === 'class')?.[0] ?? 'label';
      return learns(
        new Sketch()
          .node('data', 'dataset', 64, 64, { dataset: 'iris' })
          .node('dense', 'dense', 320, 64, { units: 16, activation: 'relu' })
          .node('logits', 'dense', 528, 64, { units: 3 })
          .wires(`data.${field}>dense`, 'dense>logits'),
        `data.${label}`,
        60,
      ).command('Table classifier');
    },
  },
  {
    id: 'two-moons',
    title: 'Points in a plane',
    text: 'Two moons and the line that tells them apart.',
    icon: 'points',
    make: (_, cards) => {
      const card = cards.moons ?? cards['two-moons'];
      const field = Object.entries(card?.fields ?? {}).find(([, { spec }]) => spec.meaning !== 'class')?.[0] ?? 'point';
      const label = Object.entries(card?.fields ?? {}).find(([, { spec }]) => spec.meaning === 'class')?.[0] ?? 'label';
      return learns(
        new Sketch()
          .node('data', 'dataset', 64, 64, { dataset: card?.id ?? 'moons' })
          .node('hidden', 'dense', 320, 64, { units: 16, activation: 'tanh' })
          .node('logits', 'dense', 528, 64, { units: 2 })
          .node('map', 'decision-boundary', 736, 64)
          .wires(
            `data.${field}>hidden`,
            'hidden>logits',
            `data.${field}>map.x`,
            'logits.y>map.scores',
            `data.${label}>map.label`,
          ),
        `data.${label}`,
        40,
      ).command('Points in a plane');
    },
  },
];
