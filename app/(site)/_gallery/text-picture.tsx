/** A few lines as a network writes them, the last one still growing. */
export function TextPicture({ lines }: { lines: string[] }) {
  return (
    <svg width="100%" height="112" viewBox="0 10 264 112" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {lines.map((line, index) => (
        <text
          key={line}
          x="20"
          y={40 + index * 24}
          fontSize="13"
          fontFamily="var(--nl-mono, monospace)"
          fill={index === lines.length - 1 ? 'var(--nl-text)' : 'var(--nl-text-3)'}
        >
          {line}
        </text>
      ))}
    </svg>
  );
}
