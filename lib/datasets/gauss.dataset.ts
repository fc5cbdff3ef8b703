import { pointSet } from './point-set';

/** Two normal clouds: a straight line is the best separation there is. */
export const dataset = pointSet({
  id: 'gauss',
  title: 'Two clouds',
  summary: 'Two round clouds of points, which a straight line separates. Noise makes them overlap.',
  source:
    'Generated: normal around (2, 2) and (-2, -2), variance 0.5 to 4 by noise, after TensorFlow Playground (2016).',
  place({ label, noise, draw }) {
    const centre = label === 1 ? 2 : -2;
    const deviation = Math.sqrt(0.5 + 7 * noise);
    return [centre + deviation * draw.normal(), centre + deviation * draw.normal()];
  },
});
