import { describe, expect, it } from 'vitest';
import { environments } from '@/lib/environments/environments.generated';
import { uniform } from '@/lib/tensor/philox';

const world = (id: string) => {
  const found = environments[id];
  if (!found) throw new Error(`no world ${id}`);
  return found;
};

describe.each(Object.entries(environments))('%s', (id, environment) => {
  it('plays the same episode from the same start, within its own bounds', () => {
    expect(environment.id).toBe(id);
    const size = environment.observation.shape.reduce((product, length) => product * length, 1);
    const play = () => {
      let state = environment.start(uniform([3, 4], environment.draws));
      const seen: number[][] = [environment.observe(state)];
      for (let step = 0; step < 300; step++) {
        const next = environment.step(state, step % environment.actions.length);
        expect(Number.isFinite(next.reward)).toBe(true);
        state = next.state;
        seen.push(environment.observe(state));
        if (next.done) break;
      }
      return seen;
    };
    const first = play();
    expect(first).toEqual(play());
    for (const observation of first) {
      expect(observation).toHaveLength(size);
      const { range } = environment.observation;
      if (range) for (const value of observation) expect(value >= range[0] && value <= range[1]).toBe(true);
    }
  });
});

it('the pole falls as the equations of motion say', () => {
  const { start, step } = world('cartpole');
  let state = [0.01, -0.02, 0.03, 0.04];
  for (const action of [1, 1, 0, 1, 0]) state = step(state, action).state;
  // Worked out separately, in Python, from the published equations.
  [0.03133333989, 0.17349499275, 0.0006599578, -0.21681286836].forEach((value, i) => {
    expect(state[i]).toBeCloseTo(value, 7);
  });
  let steps = 0;
  for (let at = { state: [0, 0, 0, 0], done: false }; !at.done; steps++) at = step(at.state, 1);
  expect(steps).toBe(9);
  for (const draw of [0, 0.999999])
    for (const value of start([draw, draw, draw, draw])) expect(Math.abs(value)).toBeLessThanOrEqual(0.05);
});

it('whoever follows the ball catches it; whoever stays catches one of five', () => {
  const { start, step, observe } = world('catch');
  const play = (draw: number, act: (ball: number, paddle: number) => number): number => {
    let state = start([draw]);
    for (;;) {
      const pixels = observe(state);
      const ball = pixels.slice(0, 45).indexOf(1) % 5;
      const next = step(state, act(ball, pixels.slice(45).indexOf(1)));
      if (next.done) return next.reward;
      expect(next.reward).toBe(0);
      state = next.state;
    }
  };
  const draws = [0.1, 0.3, 0.5, 0.7, 0.9];
  expect(draws.map((draw) => play(draw, (ball, paddle) => 1 + Math.sign(ball - paddle)))).toEqual([1, 1, 1, 1, 1]);
  expect(draws.map((draw) => play(draw, () => 1)).filter((reward) => reward === 1)).toHaveLength(1);
});
