import type { PortType } from '@/lib/graph/port-type';

export type PortLook = 'wired' | 'empty' | 'fits' | 'misfit';

/** Shape doubles colour: tensor circle, loss diamond, step arrow, number square, metric ring, weights small ring. */
export function PortGlyph({ type, look }: { type: PortType; look: PortLook }) {
  const color = portColor(type);
  return (
    <svg width="24" height="24" aria-hidden="true" opacity={look === 'misfit' ? 0.28 : 1}>
      {look === 'fits' && <circle cx="12" cy="12" r="11" fill={color} opacity=".22" />}
      <PortShape type={type} look={look} x={12} y={12} />
    </svg>
  );
}

/** The shape alone, around a point of an SVG drawing: without transforms of its own, which the browser would have to keep. */
export function PortShape({ type, look, x, y }: { type: PortType; look: PortLook; x: number; y: number }) {
  const color = portColor(type);
  const empty = look === 'empty';
  const paint = empty
    ? { fill: 'var(--nl-node)', stroke: color, strokeWidth: 1.75 }
    : { fill: color, stroke: 'var(--nl-canvas)', strokeWidth: 2 };
  const middle = { cx: x, cy: y };
  switch (type) {
    case 'loss':
      return <path d={`M${x} ${y - 6.2}l6.2 6.2-6.2 6.2-6.2-6.2Z`} strokeLinejoin="round" {...paint} />;
    case 'step':
      return <path d={`M${x - 4.5} ${y - 5.5}l10 5.5-10 5.5Z`} strokeLinejoin="round" {...paint} />;
    case 'number':
      return <rect x={x - 4.5} y={y - 4.5} width="9" height="9" rx="1.5" {...paint} />;
    case 'metric':
      return <circle {...middle} r="4.2" fill="var(--nl-node)" stroke={color} strokeWidth="2.2" />;
    case 'weights':
      return <circle {...middle} r="3.6" {...paint} strokeDasharray={empty ? '2 1.6' : undefined} />;
    default:
      return <circle {...middle} r="5" {...paint} />;
  }
}

/** A wire has the colour of what it carries. */
export const portColor = (type: PortType): string => (type === 'weights' ? 'var(--nl-op)' : `var(--nl-${type})`);
