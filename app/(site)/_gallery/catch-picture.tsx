/** A screen of few pixels: a ball on its way down, its trace, and the paddle below. */
export function CatchPicture() {
  return (
    <svg width="100%" height="112" viewBox="0 10 264 112" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      <rect x="92" y="16" width="80" height="100" rx="4" fill="var(--nl-sunken)" stroke="var(--nl-line-2)" />
      {TRACE.map(([y, strength]) => (
        <rect key={y} x="140" y={y} width="16" height="10" fill="var(--nl-data)" opacity={strength} />
      ))}
      <rect x="124" y="106" width="16" height="10" fill="var(--nl-tensor)" />
      <path d="M146 111h14m-5 -4l5 4l-5 4" fill="none" stroke="var(--nl-text-3)" strokeWidth="1.5" />
    </svg>
  );
}

const TRACE: [number, number][] = [
  [36, 0.2],
  [46, 0.4],
  [56, 1],
];
