import type { Field } from '../field';

/** Under which name a metric or output is reported: `val.<key>`. Unique in the document. */
export const keyField = (kind: string): Field => ({
  type: 'text',
  title: 'Name in results',
  default: kind,
  pattern: '[A-Za-z][A-Za-z0-9_\\-]{0,63}',
  help: 'The name under which charts, files and the command line show it. Letters, digits, - and _.',
});
