import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Catalogue, catalogueText, exportedNames, type Member } from './catalogue';

const posix = (file: string): string => file.split(path.sep).join('/');

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(posix)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
    .sort();
}

/** `x.node.ts` keeps its ending: without it Node would take `x.node` for a binary addon. */
const importPath = (from: string, to: string): string => {
  const relative = posix(path.relative(path.dirname(from), to)).replace(/(?<!\.node)\.tsx?$/, '');
  return relative.startsWith('.') ? relative : `./${relative}`;
};

/** Reads the folder of a catalogue below `root` and returns the text of its generated file. Throws where a member is malformed. */
export function renderCatalogue(root: string, catalogue: Catalogue): { text: string; members: number } {
  const folder = path.join(root, catalogue.folder);
  const target = path.join(root, catalogue.target);
  const members = new Map<string, Member>();
  let typeModule: string | null = null;
  const declaration = new RegExp(`^export (?:interface|type) ${catalogue.type}\\b`, 'm');
  for (const file of filesBelow(folder)) {
    const source = readFileSync(path.join(folder, file), 'utf8');
    if (declaration.test(source)) typeModule = importPath(target, path.join(folder, file));
    const key = catalogue.key(file);
    if (key === null) continue;
    const exports = exportedNames(source, catalogue.exports);
    const [necessary] = catalogue.exports;
    if (necessary === undefined || !exports.includes(necessary))
      throw new Error(`${catalogue.folder}/${file} has no \`export const ${necessary}\``);
    const twin = members.get(key);
    if (twin) throw new Error(`${catalogue.folder}/${file} and ${twin.module} have the same name`);
    members.set(key, { key, module: importPath(target, path.join(folder, file)), exports });
  }
  return { text: catalogueText(catalogue, [...members.values()], typeModule), members: members.size };
}
