import type { Environment } from './environment';

const HEIGHT = 10;
const WIDTH = 5;

/** A ball falls straight down a screen of 10 × 5 pixels onto a paddle of one pixel. State: the ball's row and column, the paddle's column. */
export const environment: Environment = {
  id: 'catch',
  title: 'Catch',
  summary: 'Move a paddle under a falling ball, seen as pixels; a catch pays 1, a miss costs 1.',
  observation: { shape: [HEIGHT, WIDTH, 1], dtype: 'float32', meaning: 'image', range: [0, 1] },
  actions: ['left', 'stay', 'right'],
  draws: 1,
  start: (draws) => [0, Math.floor((draws[0] ?? 0) * WIDTH), Math.floor(WIDTH / 2)],
  step([row = 0, column = 0, paddle = 0], action) {
    const moved = Math.min(WIDTH - 1, Math.max(0, paddle + action - 1));
    const done = row + 1 === HEIGHT - 1;
    const reward = done ? (moved === column ? 1 : -1) : 0;
    return { state: [row + 1, column, moved], reward, done };
  },
  observe([row = 0, column = 0, paddle = 0]) {
    const pixels = new Array<number>(HEIGHT * WIDTH).fill(0);
    pixels[row * WIDTH + column] = 1;
    pixels[(HEIGHT - 1) * WIDTH + paddle] = 1;
    return pixels;
  },
  source: 'Mnih et al., Recurrent models of visual attention, 2014; Osband et al., Behaviour suite, 2020',
};
