import type { PortType } from '@/lib/graph/port-type';

export type PortLook = 'wired' | 'empty' | 'fits' | 'misfit';

/** Shape doubles colour: tensor circle, loss diamond, step arrow, number square, metric ring, weights small ring. */
export function PortGlyph({ type, look }: { type: PortType; look: PortLook }) {
  const color = portColor(type);
  const paint =
    look === 'empty'
      ? { fill: 'var(--nl-node)', stroke: color, strokeWidth: 1.75 }
      : { fill: color, stroke: 'var(--nl-canvas)', strokeWidth: 2 };
  return (
    <svg width="24" height="24" viewBox="-12 -12 24 24" aria-hidden="true" opacity={look === 'misfit' ? 0.28 : 1}>
      {look === 'fits' && <circle r="11" fill={color} opacity=".22" />}
      {shape(type, color, paint)}
    </svg>
  );
}

function shape(type: PortType, color: string, paint: { fill: string; stroke: string; strokeWidth: number }) {
  switch (type) {
    case 'loss':
      return <path d="M0-6.2L6.2 0 0 6.2-6.2 0Z" strokeLinejoin="round" {...paint} />;
    case 'step':
      return <path d="M-4.5-5.5L5.5 0-4.5 5.5Z" strokeLinejoin="round" {...paint} />;
    case 'number':
      return <rect x="-4.5" y="-4.5" width="9" height="9" rx="1.5" {...paint} />;
    case 'metric':
      return <circle r="4.2" fill="var(--nl-node)" stroke={color} strokeWidth="2.2" />;
    case 'weights':
      return <circle r="3.6" {...paint} strokeDasharray={paint.fill === 'var(--nl-node)' ? '2 1.6' : undefined} />;
    default:
      return <circle r="5" {...paint} />;
  }
}

/** A wire has the colour of what it carries. */
export const portColor = (type: PortType): string => (type === 'weights' ? 'var(--nl-op)' : `var(--nl-${type})`);
