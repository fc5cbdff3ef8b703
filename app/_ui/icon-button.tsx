'use client';

import { ActionIcon, Tooltip } from '@mantine/core';
import type { MouseEventHandler, ReactNode } from 'react';

/** A button that shows only an icon: its name is read aloud and stands in a tooltip, with its shortcut. */
export function IconButton(props: {
  label: string;
  shortcut?: string;
  children: ReactNode;
  onClick?: MouseEventHandler<HTMLButtonElement>;
  disabled?: boolean;
  /** Why it is disabled. */
  reason?: string;
  active?: boolean;
  size?: number;
  outlined?: boolean;
}) {
  const tip = props.shortcut ? `${props.label} (${props.shortcut})` : props.label;
  const button = (
    <ActionIcon
      aria-label={props.label}
      variant={props.outlined ? 'default' : 'subtle'}
      size={props.size ?? 28}
      disabled={props.disabled ?? false}
      {...(props.reason === undefined ? {} : { 'aria-description': props.reason })}
      {...(props.onClick ? { onClick: props.onClick } : {})}
      {...(props.active === undefined ? {} : { 'aria-pressed': props.active })}
      {...(props.active ? { bg: 'var(--nl-raised)', c: 'var(--nl-text)' } : {})}
    >
      {props.children}
    </ActionIcon>
  );
  // A disabled button feels no pointer: its place does.
  return props.reason === undefined ? (
    <Tooltip label={tip}>{button}</Tooltip>
  ) : (
    <Tooltip label={`${tip}: ${props.reason}`}>
      <span>{button}</span>
    </Tooltip>
  );
}
