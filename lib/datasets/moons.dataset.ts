import { pointSet } from './point-set';

/** Two half circles that reach into each other. */
export const dataset = pointSet({
  id: 'moons',
  title: 'Two moons',
  summary: 'Two half circles that reach into each other: a line does most of it, a curve does it all.',
  noise: 0.1,
  source: 'Generated: two half circles of radius 2.5, shifted by one radius and half a radius, with normal noise.',
  place({ label, noise, draw }) {
    const angle = draw.uniform(0, Math.PI);
    const [x, y] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [2.5 * (x - 0.5 + noise * draw.normal()), 2.5 * (y - 0.25 + noise * draw.normal())];
  },
});
