import type { PlainParams } from '../kind';

/**
 * The shape of a schedule as a node draws it: its value at `t` of its length, from 0 to 1. Times are left out (a warm-up
 * takes a tenth), values are those of the params.
 */
export function scheduleCurve(fn: string, t: number, params: PlainParams): number {
  const value = (key: string, otherwise: number): number => {
    const given = params[key];
    return typeof given === 'number' ? given : otherwise;
  };
  const [from, to] = [value('from', 1), value('to', 0)];
  switch (fn) {
    case 'cosine': {
      const warmup = value('warmup', 0) > 0 ? 0.1 : 0;
      if (t < warmup) return (from * t) / warmup;
      return to + ((from - to) * (1 + Math.cos((Math.PI * (t - warmup)) / (1 - warmup)))) / 2;
    }
    case 'linear-ramp':
      return from + (to - from) * Math.min(1, t * 1.25);
    case 'exponential':
      return from * value('factor', 0.5) ** (4 * t);
    case 'step-schedule':
      return from * value('factor', 0.5) ** Math.floor(t * 4);
    case 'warm-up': {
      const start = value('start', 0);
      return value('to', 1) * (start + (1 - start) * Math.min(1, t * 4));
    }
    case 'one-cycle': {
      const [peak, rise] = [value('peak', 1), value('rise', 0.3)];
      const [low, high, at] =
        t < rise ? [peak / value('first', 25), peak, t / rise] : [peak, 0, (t - rise) / (1 - rise)];
      return high + ((low - high) * (1 + Math.cos(Math.PI * at))) / 2;
    }
    case 'piecewise': {
      const values = Array.isArray(params.values) ? params.values.map(Number) : [];
      return values[Math.min(values.length - 1, Math.floor(t * values.length))] ?? from;
    }
    case 'constant-schedule':
      return value('value', 1);
    default:
      return from;
  }
}
