import { pointSet } from './point-set';

/** Opposite corners belong together: the set that a single layer cannot learn (Minsky and Papert, 1969). */
export const dataset = pointSet({
  id: 'xor',
  title: 'XOR',
  summary: 'Four squares, opposite ones of the same class. A single layer cannot learn it.',
  source: 'Generated: uniform in four squares with a gap of 0.3 around the axes, after TensorFlow Playground (2016).',
  citation: 'M. Minsky and S. Papert, Perceptrons, 1969',
  place({ label, noise, draw }) {
    const side = draw.uniform(0, 1) < 0.5 ? -1 : 1;
    const x = side * draw.uniform(0.3, 5);
    const y = side * (label === 1 ? 1 : -1) * draw.uniform(0.3, 5);
    const shake = () => draw.uniform(-5, 5) * noise;
    return [x + shake(), y + shake()];
  },
});
