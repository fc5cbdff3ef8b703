import type { Environment } from './environment';

const GRAVITY = 9.8;
const CART = 1; // kg
const POLE = 0.1; // kg
const HALF_LENGTH = 0.5; // m, from the joint to the pole's centre
const FORCE = 10; // N
const SECONDS = 0.02;
const EDGE = 2.4; // m
const FALLEN = (12 * Math.PI) / 180;

/**
 * A pole on a cart that is pushed left or right. State and observation: position, speed, angle, angular speed. Constants and
 * Euler's method are those of Gym's CartPole-v1.
 */
export const environment: Environment = {
  id: 'cartpole',
  title: 'Cart and pole',
  summary: 'Keep a pole upright by pushing its cart; every step that it stands pays 1.',
  observation: { shape: [4], dtype: 'float32', meaning: 'features' },
  actions: ['left', 'right'],
  draws: 4,
  start: (draws) => Array.from({ length: 4 }, (_, i) => ((draws[i] ?? 0) - 0.5) * 0.1),
  step([x = 0, speed = 0, angle = 0, turning = 0], action) {
    const force = action === 1 ? FORCE : -FORCE;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const push = (force + POLE * HALF_LENGTH * turning ** 2 * sin) / (CART + POLE);
    const turn = (GRAVITY * sin - cos * push) / (HALF_LENGTH * (4 / 3 - (POLE * cos ** 2) / (CART + POLE)));
    const pull = push - (POLE * HALF_LENGTH * turn * cos) / (CART + POLE);
    const state = [x + SECONDS * speed, speed + SECONDS * pull, angle + SECONDS * turning, turning + SECONDS * turn];
    return { state, reward: 1, done: Math.abs(state[0] ?? 0) > EDGE || Math.abs(state[2] ?? 0) > FALLEN };
  },
  observe: (state) => [...state],
  source: 'Barto, Sutton and Anderson, Neuronlike adaptive elements that can solve difficult control problems, 1983',
};
