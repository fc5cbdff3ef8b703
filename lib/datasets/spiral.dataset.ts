import { pointSet } from './point-set';

/** Two arms around each other: needs several bends. */
export const dataset = pointSet({
  id: 'spiral',
  title: 'Two spirals',
  summary: 'Two arms wound around each other 1.75 times. Hard for small networks.',
  source: 'Generated: radius and angle grow along each arm, after TensorFlow Playground (2016).',
  citation: 'K. J. Lang and M. J. Witbrock, Learning to Tell Two Spirals Apart, 1988',
  place({ label, i, count, noise, draw }) {
    const along = (i + 1) / count;
    const angle = 1.75 * along * 2 * Math.PI + (label === 1 ? Math.PI : 0);
    const shake = () => draw.uniform(-1, 1) * noise;
    return [5 * along * Math.sin(angle) + shake(), 5 * along * Math.cos(angle) + shake()];
  },
});
