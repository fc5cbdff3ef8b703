import { parseParams } from './common/parse-params';
import { portsOf } from './common/ports';
import type { Field } from './field';
import type { Face, FaceEnv, KindDocs, PortFace } from './kind';

const NO_WORLD: FaceEnv = { dataset: () => undefined, block: () => undefined };

/** The reference page of one kind, in Markdown. */
export function documentKind(face: Face, docs: KindDocs): string {
  const { params } = parseParams(face, {});
  const { inputs, outputs } = portsOf(face, params, NO_WORLD);
  return [
    `# ${face.title}`,
    `\`${face.id}\` · ${face.category}`,
    docs.text,
    ...(docs.formula ? [`\`\`\`text\n${docs.formula}\n\`\`\``] : []),
    ...ports('Inputs', inputs),
    ...ports('Outputs', outputs),
    ...fields(face.fields),
    ...(docs.source ? [`**Source.** ${docs.source}`] : []),
    `Also found as: ${face.aliases.join(', ')}.`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The overview: every kind by category, with a link to its page. */
export function documentCatalogue(faces: Record<string, Face>): string {
  const categories = new Map<string, Face[]>();
  for (const face of Object.values(faces)) {
    categories.set(face.category, [...(categories.get(face.category) ?? []), face]);
  }
  const parts = [...categories]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([category, members]) => {
      const title = category.charAt(0).toUpperCase() + category.slice(1);
      const rows = members.map(({ id, title: name, summary }) => `| [${name}](${id}.md) | ${escapeCell(summary)} |`);
      return [`## ${title}`, ['| kind | |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
    });
  return ['# Node reference', 'Made from `lib/nodes` by `npm run generate`; do not edit.', ...parts]
    .join('\n\n')
    .concat('\n');
}

function ports(title: string, list: PortFace[]): string[] {
  if (list.length === 0) return [];
  const rows = list.map(({ id, title: name, type, optional, variadic }) => {
    const notes = [optional && 'optional', variadic && 'any number of wires'].filter(Boolean).join(', ');
    return `| \`${id}\` | ${escapeCell(name)} | ${type} | ${notes} |`;
  });
  return [`## ${title}`, ['| port | | type | |', '| --- | --- | --- | --- |', ...rows].join('\n')];
}

function fields(all: Record<string, Field>): string[] {
  const entries = Object.entries(all);
  if (entries.length === 0) return [];
  const rows = entries.map(
    ([key, field]) =>
      `| \`${key}\` | ${escapeCell(field.title)} | ${escapeCell(range(field))} | \`${JSON.stringify(field.default)}\` | ${escapeCell(field.help ?? '')} |`,
  );
  return ['## Params', ['| param | | values | default | |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')];
}

function range(field: Field): string {
  switch (field.type) {
    case 'choice':
      return field.choices.map(({ value }) => value).join(', ');
    case 'switch':
      return 'on, off';
    case 'number':
    case 'optional-number': {
      const { min, max } = field;
      const limits =
        min !== undefined && max !== undefined ? `${min} to ${max}` : min !== undefined ? `from ${min}` : '';
      const kind = field.integer ? 'whole number' : 'number';
      const off = field.type === 'optional-number' ? `, or none (${field.none})` : '';
      return `${[kind, limits].filter(Boolean).join(', ')}${off}${field.live ? '; can be driven' : ''}`;
    }
    case 'size':
      return Array.from({ length: field.axes }, () => 'n').join(' × ');
    case 'numbers':
      return `list of numbers${field.live ? '; can be driven' : ''}`;
    default:
      return field.type;
  }
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
