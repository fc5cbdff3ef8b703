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
  active?: boolean;
  size?: number;
  outlined?: boolean;
}) {
  const tip = props.shortcut ? `${props.label} (${props.shortcut})` : props.label;
  return (
    <Tooltip label={tip}>
      <ActionIcon
        aria-label={props.label}
        variant={props.outlined ? 'default' : 'subtle'}
        size={props.size ?? 28}
        disabled={props.disabled ?? false}
        {...(props.onClick ? { onClick: props.onClick } : {})}
        {...(props.active === undefined ? {} : { 'aria-pressed': props.active })}
        {...(props.active ? { bg: 'var(--nl-raised)', c: 'var(--nl-text)' } : {})}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
