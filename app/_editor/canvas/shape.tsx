import { Fragment } from 'react';

/** A shape in mono with quiet × between the sizes. */
export function Shape({ text, className }: { text: string; className?: string | undefined }) {
  return (
    <span className={className}>
      {text.split('×').map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: axes have no identity of their own
        <Fragment key={index}>
          {index > 0 && <i>×</i>}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
