/** A curve without axes, 56 × 24: only its course matters. Gaps where a value is not a number. */
export function Sparkline(props: { values: readonly number[]; color?: string; width?: number; height?: number }) {
  const { values, color = 'var(--nl-loss)', width = 56, height = 24 } = props;
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return <svg width={width} height={height} aria-hidden="true" />;
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const points = values
    .map((value, index) => ({ value, x: 1 + (index / (values.length - 1)) * (width - 2) }))
    .filter(({ value }) => Number.isFinite(value))
    .map(({ value, x }) => `${x.toFixed(1)},${(height - 1 - ((value - low) / span) * (height - 2)).toFixed(1)}`);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <polyline fill="none" stroke={color} strokeWidth="1.5" strokeLinejoin="round" points={points.join(' ')} />
    </svg>
  );
}
