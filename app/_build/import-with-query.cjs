/** What a kind's file may leave out; its face is all that one of the others may name. */
const PARTS = ['infer', 'docs', 'examples', 'run', 'emit'];

/**
 * A loader: `./dense.node.ts` is imported as `./dense.node.ts?face`. To the bundler a file with a query is a module of its
 * own, of which it keeps the exports that are asked for by that name. So a page that needs one export of many files takes no
 * more of them, even where its worker loads the same files whole. Other parts of a kind are taken out of the text: a bundler
 * keeps whatever is made by a call (`export const emit = emitPool(2)`), as it cannot know that the call does nothing else.
 */
module.exports = function importWithQuery(source) {
  const { query } = this.getOptions();
  const other = PARTS.filter((part) => query !== `?${part}`).join('|');
  // In a formatted file a statement ends before the next line that begins with neither a space nor a bracket.
  const statement = new RegExp(`^export (?:const|function) (?:${other})\\b.*\\n(?:(?:[ })\\]].*)?\\n)*`, 'gm');
  const kept = this.resourcePath.endsWith('.node.ts') ? source.replace(statement, '') : source;
  return kept.replace(/^((?:import |\} from ).*'\.{1,2}\/[^'?]+)';$/gm, `$1${query}';`);
};
