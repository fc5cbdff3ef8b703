import type { CSSVariablesResolver } from '@mantine/core';

/** Mantine's own colours come from our tokens, so that its components and ours cannot drift apart. */
const colours = {
  '--mantine-color-bright': 'var(--nl-text)',
  '--mantine-color-text': 'var(--nl-text)',
  '--mantine-color-body': 'var(--nl-panel)',
  '--mantine-color-error': 'var(--nl-error)',
  '--mantine-color-success': 'var(--nl-ok)',
  '--mantine-color-placeholder': 'var(--nl-text-3)',
  '--mantine-color-anchor': 'var(--nl-accent)',
  '--mantine-color-default': 'transparent',
  '--mantine-color-default-hover': 'var(--nl-raised)',
  '--mantine-color-default-color': 'var(--nl-text)',
  '--mantine-color-default-border': 'var(--nl-line)',
  '--mantine-color-dimmed': 'var(--nl-text-3)',
  '--mantine-color-disabled': 'var(--nl-raised)',
  '--mantine-color-disabled-color': 'var(--nl-text-3)',
  '--mantine-color-disabled-border': 'var(--nl-line)',
  '--mantine-color-accent-filled': 'var(--nl-accent-fill)',
  '--mantine-color-accent-filled-hover': 'color-mix(in oklab, var(--nl-accent-fill) 88%, #fff)',
  '--mantine-color-accent-light': 'var(--nl-accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--nl-accent-soft)',
  '--mantine-color-accent-light-color': 'var(--nl-accent)',
  '--mantine-color-accent-outline': 'var(--nl-accent)',
  '--mantine-color-accent-text': 'var(--nl-accent)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-shadow-md': 'var(--nl-shadow-3)', '--mantine-shadow-sm': 'var(--nl-shadow-2)' },
  light: colours,
  dark: colours,
});
