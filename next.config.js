const here = import.meta.dirname;

/** Of a kind's file the page loads its face, then its inference and its texts; how it is computed and written is for a worker. */
const importing = (query) => ({ loaders: [{ loader: './app/_build/import-with-query.cjs', options: { query } }] });

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NETLOOM_NEXT_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // Headers (content security policy, caching of pages) are the custom server's; gzip is Next.js' own.
  compress: true,
  turbopack: {
    root: here,
    // Libraries ask whether there is a Buffer; pages answer no, instead of carrying one.
    resolveAlias: { 'next/dist/compiled/buffer': { browser: './app/_build/no-buffer.cjs' } },
    rules: {
      '**/lib/nodes/faces.generated.ts': { condition: 'production', ...importing('?face') },
      '**/lib/nodes/**/*.ts': ['?face', '?infer'].map((query) => ({
        condition: { all: ['production', { query }] },
        ...importing(query),
      })),
      '**/lib/nodes/infers.generated.ts': { condition: 'production', ...importing('?infer') },
      '**/lib/nodes/docs.generated.ts': { condition: 'production', ...importing('?docs') },
    },
  },
  // Types are checked by `npm run check`; a start on a slow machine must not pay for it again.
  // A configuration that extends another is left as it is; Next would write its folder names into ours.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'app/tsconfig.json' },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  serverExternalPackages: ['@tensorflow/tfjs', '@tensorflow/tfjs-node-gpu', 'sharp', 'pino'],
  experimental: {
    optimizePackageImports: ['@tabler/icons-react', '@mantine/core', '@mantine/hooks'],
    turbopackChunking: { priorityRoutes: [/^\/documents\/\[id\]$/], priorityBoost: 3 },
  },
};
