const WORDS: Record<string, string> = {
  shift: 'Shift',
  alt: 'Alt',
  tab: 'Tab',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Del',
  backspace: '⌫',
  space: 'Space',
  home: 'Home',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
};

const onMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** `mod+shift+z` as people know it: `Ctrl Shift Z`, on a Mac `⌘ Shift Z`. */
export const keyWords = (keys: string): string =>
  keys
    .split(/\+(?!$)/)
    .map((key) => (key === 'mod' ? (onMac() ? '⌘' : 'Ctrl') : (WORDS[key] ?? key.toUpperCase())))
    .join(' ');

export const KeyCaps = ({ keys }: { keys: string }) => <kbd>{keyWords(keys)}</kbd>;
