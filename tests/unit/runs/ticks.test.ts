import { describe, expect, it } from 'vitest';
import { formatMetric, formatSeconds } from '@/app/_runs/format-figures';
import { metricTitle, parseMetricKey, seriesTitle } from '@/app/_runs/metric-key';
import { linearTicks, logTicks, tickText } from '@/app/_runs/ticks';

describe('axes and figures', () => {
  it('ticks are round and inside the range', () => {
    expect(linearTicks(0, 12, 6)).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(linearTicks(0.8, 1, 3)).toEqual([0.8, 0.9, 1]);
    expect(logTicks(0.02, 3)).toEqual([0.03, 0.1, 0.3, 1, 3]);
    expect(logTicks(0.4, 1.7)).toEqual([0.5, 1, 1.5]);
    expect(logTicks(1e-8, 1).every((tick) => Math.log10(tick) % 1 === 0)).toBe(true);
    expect([0, 0.3, 0.003, 2500, 3e6].map(tickText)).toEqual(['0', '0.3', '3e-3', '2500', '3e6']);
  });

  it('shares are read in per cent, what is not there as a dash', () => {
    expect(formatMetric('accuracy', 0.9839)).toBe('98.4 %');
    expect(formatMetric('loss', 0.0412)).toBe('0.0412');
    expect(formatMetric('loss', null)).toBe('–');
    expect([11, 725, 10960].map(formatSeconds)).toEqual(['0:11', '12:05', '3:02:40']);
  });

  it('keys say variant, pass and measure', () => {
    expect(parseMetricKey('linear:val.accuracy')).toEqual({ variant: 'linear', pass: 'val', name: 'accuracy' });
    expect(['mean-iou', 'gan-loss', 'decision-loss'].map(metricTitle)).toEqual([
      'Mean IoU',
      'GAN loss',
      'Decision loss',
    ]);
    expect(parseMetricKey('z')).toEqual({ variant: null, pass: null, name: 'z' });
    expect(seriesTitle(parseMetricKey('linear:val.accuracy'))).toBe('linear, validation');
  });
});
