const here = import.meta.dirname;

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NETLOOM_NEXT_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // Headers (content security policy, caching of pages) are the custom server's; gzip is Next.js' own.
  compress: true,
  turbopack: { root: here },
  // Types are checked by `npm run check`; a start on a slow machine must not pay for it again.
  // A configuration that extends another is left as it is; Next would write its folder names into ours.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'app/tsconfig.json' },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  serverExternalPackages: ['@tensorflow/tfjs', '@tensorflow/tfjs-node-gpu', 'sharp', 'pino'],
  experimental: { optimizePackageImports: ['@tabler/icons-react', '@mantine/core', '@mantine/hooks'] },
};
