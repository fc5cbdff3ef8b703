const WORDS: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  tab: 'Tab',
  enter: 'Enter',
  delete: 'Del',
  backspace: '⌫',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
};

/** `mod+shift+z` as people know it: Ctrl Shift Z. */
export const KeyCaps = ({ keys }: { keys: string }) => (
  <kbd>
    {keys
      .split('+')
      .map((key) => WORDS[key] ?? key.toUpperCase())
      .join(' ')}
  </kbd>
);
