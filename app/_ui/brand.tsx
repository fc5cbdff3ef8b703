/** The mark: threads of a loom, warp in grey and weft in blue. */
export function Brand({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <g fill="none" strokeWidth="2.4" strokeLinecap="round">
        <path d="M4 2.5v15M10 2.5v15M16 2.5v15" stroke="var(--nl-text-3)" />
        <path d="M1.5 6.5h3.2M7.6 6.5h10.9M1.5 13.5h9.2M13.8 13.5h4.7" stroke="var(--nl-accent)" />
      </g>
    </svg>
  );
}
