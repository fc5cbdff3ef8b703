'use client';

import {
  type ActionIconFactory,
  type ButtonFactory,
  createTheme,
  type ExtendComponent,
  type FactoryPayload,
  type InputFactory,
  type MenuFactory,
  type ModalFactory,
  type NumberInputFactory,
  type PasswordInputFactory,
  type PopoverFactory,
  type SelectFactory,
  type SliderFactory,
  type SwitchFactory,
  type TextInputFactory,
  type TooltipFactory,
} from '@mantine/core';

const buttonHeight: Record<string, string> = { xs: '24px', sm: '28px', md: '32px', lg: '44px' };
const buttonPadding: Record<string, string> = { xs: '8px', sm: '10px', md: '12px', lg: '16px' };
const inputHeight: Record<string, string> = { xs: '24px', sm: '28px', md: '32px', lg: '44px' };

/** What a component is by default. Types alone come from the component, so that a page loads those that it draws. */
const of = <Component extends FactoryPayload>(defaults: ExtendComponent<Component>) => defaults;

/** Dense sizes: `sm` is the 28-px row of the panels, `md` 32, `lg` the 44-px touch target. */
export const theme = createTheme({
  primaryColor: 'accent',
  colors: {
    accent: [
      '#e3ebfc',
      '#c4d6fb',
      '#9dbcff',
      '#83adff',
      '#6a9cff',
      '#4a82ee',
      '#2f67de',
      '#2860d8',
      '#214fb4',
      '#1a3f90',
    ],
  },
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--nl-font)',
  fontFamilyMonospace: 'var(--nl-mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: { fontFamily: 'var(--nl-font)', fontWeight: '600' },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Button: of<ButtonFactory>({
      defaultProps: { size: 'sm', variant: 'default' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': buttonHeight[String(props.size ?? 'sm')] ?? '28px',
          '--button-padding-x': buttonPadding[String(props.size ?? 'sm')] ?? '10px',
          '--button-fz': props.size === 'lg' ? '13px' : '12px',
        },
      }),
      styles: (_theme, props) => ({
        root: { fontWeight: props.variant === 'filled' ? 600 : 500 },
        section: { marginInlineEnd: 6 },
      }),
    }),
    ActionIcon: of<ActionIconFactory>({
      defaultProps: { size: 28, variant: 'subtle', color: 'gray' },
      vars: (_theme, props) => ({
        root:
          (props.variant ?? 'subtle') === 'subtle'
            ? {
                '--ai-color': 'var(--nl-text-2)',
                '--ai-hover': 'var(--nl-raised)',
                '--ai-hover-color': 'var(--nl-text)',
              }
            : {},
      }),
    }),
    Input: of<InputFactory>({
      defaultProps: { size: 'sm' },
      vars: (_theme, props) => ({
        wrapper: {
          '--input-height': inputHeight[String(props.size ?? 'sm')] ?? '28px',
          '--input-fz': '12px',
          '--input-bg': 'var(--nl-sunken)',
          '--input-bd': 'var(--nl-line)',
          '--input-bd-focus': 'var(--nl-accent)',
        },
      }),
    }),
    TextInput: of<TextInputFactory>({ defaultProps: { size: 'sm' } }),
    PasswordInput: of<PasswordInputFactory>({ defaultProps: { size: 'sm' } }),
    NumberInput: of<NumberInputFactory>({ defaultProps: { size: 'sm' } }),
    Select: of<SelectFactory>({ defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } }),
    Menu: of<MenuFactory>({
      defaultProps: { shadow: 'md', transitionProps: { duration: 120 } },
      styles: {
        dropdown: { background: 'var(--nl-panel)', borderColor: 'var(--nl-line-2)', padding: 4 },
        item: { fontSize: 12, minHeight: 28, padding: '0 8px', borderRadius: 4 },
        label: { fontSize: 11, padding: '4px 8px' },
      },
    }),
    Popover: of<PopoverFactory>({
      defaultProps: { shadow: 'md' },
      styles: { dropdown: { background: 'var(--nl-panel)', borderColor: 'var(--nl-line-2)' } },
    }),
    Modal: of<ModalFactory>({
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.5 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: {
        content: { background: 'var(--nl-panel)' },
        header: { background: 'var(--nl-panel)' },
        title: { font: '600 15px/24px var(--nl-font)' },
      },
    }),
    Slider: of<SliderFactory>({
      defaultProps: { size: 2, thumbSize: 12, label: null },
      vars: () => ({ root: { '--slider-color': 'var(--nl-accent)', '--slider-track-bg': 'var(--nl-line-2)' } }),
      styles: { thumb: { background: 'var(--nl-text)', borderWidth: 0 } },
    }),
    Switch: of<SwitchFactory>({ defaultProps: { size: 'xs' } }),
    Tooltip: of<TooltipFactory>({
      defaultProps: { openDelay: 300, withArrow: false, fz: 11 },
      styles: {
        tooltip: {
          background: 'var(--nl-raised)',
          color: 'var(--nl-text)',
          border: '1px solid var(--nl-line-2)',
          padding: '3px 8px',
        },
      },
    }),
  },
});
