/** A curve through data with a band around it that widens where there is none. */
export function BandPicture() {
  return (
    <svg width="100%" height="112" viewBox="0 10 264 112" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      <path
        d="M12 18C50 50 70 74 88 70S128 40 150 44S180 74 200 66S240 30 256 14L256 112C240 96 220 84 200 76S180 84 150 54S112 88 88 82S50 98 12 116Z"
        fill="var(--nl-tensor)"
        opacity="0.25"
      />
      <path
        d="M12 66C50 76 70 82 88 76S128 44 150 49S180 80 200 71S240 64 256 62"
        fill="none"
        stroke="var(--nl-tensor)"
        strokeWidth="2"
        strokeLinecap="round"
      />
      {POINTS.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="2.5" fill="var(--nl-data)" />
      ))}
    </svg>
  );
}

const POINTS: [number, number][] = [
  [78, 80],
  [88, 74],
  [97, 73],
  [106, 66],
  [116, 60],
  [126, 51],
  [137, 47],
  [148, 50],
  [159, 54],
  [170, 63],
  [180, 72],
  [191, 74],
];
