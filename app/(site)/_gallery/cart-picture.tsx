/** A pole that leans on a cart, and where it comes from and goes to. */
export function CartPicture() {
  return (
    <svg width="100%" height="112" viewBox="0 10 264 112" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      <path d="M24 98h216" stroke="var(--nl-line-2)" strokeWidth="2" />
      <path d="M132 84l-22 -52" stroke="var(--nl-line-2)" strokeWidth="6" strokeLinecap="round" />
      <path d="M132 84l-8 -56" stroke="var(--nl-text-3)" strokeWidth="6" strokeLinecap="round" />
      <path d="M132 84l10 -56" stroke="var(--nl-data)" strokeWidth="6" strokeLinecap="round" />
      <rect
        x="104"
        y="76"
        width="56"
        height="18"
        rx="4"
        fill="var(--nl-raised)"
        stroke="var(--nl-tensor)"
        strokeWidth="2"
      />
      <circle cx="118" cy="98" r="6" fill="var(--nl-node)" stroke="var(--nl-tensor)" strokeWidth="2" />
      <circle cx="146" cy="98" r="6" fill="var(--nl-node)" stroke="var(--nl-tensor)" strokeWidth="2" />
      <path d="M60 85h28m-8 -6l8 6l-8 6" fill="none" stroke="var(--nl-loss)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
