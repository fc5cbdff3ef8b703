/**
 * A loader: `./dense.node.ts` is imported as `./dense.node.ts?face`. To the bundler a file with a query is a module of its
 * own, of which it keeps the exports that are asked for by that name. So a page that needs one export of many files takes no
 * more of them, even where its worker loads the same files whole.
 */
module.exports = function importWithQuery(source) {
  const { query } = this.getOptions();
  return source.replace(/^((?:import |\} from ).*'\.{1,2}\/[^'?]+)';$/gm, `$1${query}';`);
};
