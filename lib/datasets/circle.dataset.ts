import { pointSet } from './point-set';

const RADIUS = 5;

/** A disc inside a ring: the smallest set that no straight line can separate. */
export const dataset = pointSet({
  id: 'circle',
  title: 'Circle',
  summary: 'A disc of points inside a ring. No straight line separates them, one bend is enough.',
  source: 'Generated: radius U(0, 2.5) for the disc and U(3.5, 5) for the ring, after TensorFlow Playground (2016).',
  place({ label, noise, draw }) {
    const radius = label === 0 ? draw.uniform(0, 0.5 * RADIUS) : draw.uniform(0.7 * RADIUS, RADIUS);
    const angle = draw.uniform(0, 2 * Math.PI);
    const shake = () => draw.uniform(-RADIUS, RADIUS) * noise;
    return [radius * Math.sin(angle) + shake(), radius * Math.cos(angle) + shake()];
  },
});
