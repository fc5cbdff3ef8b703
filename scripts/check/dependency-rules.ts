import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Layers of lib, lowest first: a layer may import those before it (DESIGN section 9, see ARCHITECTURE.md). */
const LAYERS = ['base', 'tensor', 'graph', 'nodes', 'compile', '(?:engine|export)'];

const upward: IForbiddenRuleType[] = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `lib/${layer} lies below what it imports`,
  severity: 'error',
  from: { path: `^lib/${layer}/` },
  to: { path: `^lib/(?:${LAYERS.slice(index + 1).join('|')})/` },
}));

const PLATFORM =
  'node_modules/(?:next|react|react-dom|@mantine|@xyflow|@trpc|drizzle-orm|postgres|pg-boss|better-auth|ws|@hocuspocus)/';

/** Rules for every import, also of types. */
export const everyImport: IForbiddenRuleType[] = [
  ...upward,
  {
    name: 'lib stands alone: it runs in browsers, workers and tests alike',
    severity: 'error',
    from: { path: '^lib/' },
    to: { path: '^(?:app|server|drizzle|scripts|tests|e2e)/' },
  },
  {
    name: 'lib knows no Node, pages or database',
    severity: 'error',
    from: { path: '^lib/' },
    to: { path: PLATFORM },
  },
  {
    name: 'lib uses no built-in module of Node',
    severity: 'error',
    from: { path: '^lib/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'the domain lies below the procedures and the processes',
    severity: 'error',
    from: { path: '^server/domain/' },
    to: { path: '^server/(?:api|web|worker|cli|launcher)/' },
  },
  {
    name: 'the database lies below the domain',
    severity: 'error',
    from: { path: '^(?:server/db|drizzle)/' },
    to: { path: '^server/(?:api|domain|web|worker|cli|launcher|realtime|jobs)/' },
  },
  {
    name: 'nothing imports tests',
    severity: 'error',
    from: { path: '^(?:app|lib|server|drizzle|scripts)/' },
    to: { path: '^(?:tests|e2e)/' },
  },
];

/** Rules for what is imported when the code runs: types are free here. */
export const runtimeImport: IForbiddenRuleType[] = [
  {
    name: 'TensorFlow.js is imported by hosts only; kinds and the engine get it as an argument',
    severity: 'error',
    from: { path: '^lib/', pathNot: '^lib/engine/.*(?:host|worker)[^/]*$' },
    to: { path: 'node_modules/@tensorflow/' },
  },
  {
    name: 'pages know the service by the types of server/api only',
    severity: 'error',
    from: { path: '^app/', pathNot: '^app/api/' },
    to: { path: '^(?:server|drizzle)/' },
  },
  {
    name: 'a process (worker, web, cli, launcher) is imported by itself only',
    severity: 'error',
    from: { path: '^(?:app|lib|server|drizzle)/', pathNot: '^server/(?:worker|web|cli|launcher)/' },
    to: { path: '^server/(?:worker|web|cli|launcher)/' },
  },
  { name: 'no module imports itself in a circle', severity: 'error', from: {}, to: { circular: true } },
];
