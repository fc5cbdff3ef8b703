import { COLORS, type Scene, type SceneObject, SHAPES } from './describe-scene';

const nameOf = ({ color, shape }: SceneObject): string => `a ${COLORS[color]} ${SHAPES[shape]}`;

/** “a red disc left of a blue square”: one or two objects with how they lie, three from left to right. */
export function captionOf({ objects }: Scene): string {
  const [first, second, third] = [...objects].sort((a, b) => a.x - b.x);
  if (!first) return 'nothing';
  if (!second) return nameOf(first);
  if (third) return `${nameOf(first)}, ${nameOf(second)} and ${nameOf(third)}`;
  if (second.x - first.x >= Math.abs(second.y - first.y)) return `${nameOf(first)} left of ${nameOf(second)}`;
  const [upper, lower] = first.y < second.y ? [first, second] : [second, first];
  return `${nameOf(upper)} above ${nameOf(lower)}`;
}
