import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = path.dirname(fileURLToPath(import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A browser from the system, or Playwright's own where there is none. */
function chromium(): { executablePath?: string } {
  const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return existsSync(executable) ? { executablePath: executable } : {};
}

// Playwright's workers read this file again: they find the first reading's choices in the environment.
process.env.NETLOOM_E2E_PORT ??= String(await freePort());
const port = process.env.NETLOOM_E2E_PORT;
const own = process.env.NETLOOM_E2E_URL;

/**
 * The specs share one service, started here from nothing on a free port with a data folder of its own.
 * `NETLOOM_E2E_URL` names one that runs already.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.NETLOOM_TEST_REPORT ?? '.cache/tests/e2e.json' }]],
  use: {
    baseURL: own ?? `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { ...chromium(), args: ['--no-sandbox', '--disable-dev-shm-usage'] },
  },
  ...(own
    ? {}
    : {
        webServer: {
          command: `rm -rf .cache/e2e-home && exec ${JSON.stringify(process.execPath)} --import tsx server/launcher/main.ts`,
          cwd: root,
          url: `http://localhost:${port}/healthz`,
          timeout: 300_000,
          gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 20_000 },
          stdout: 'pipe' as const,
          stderr: 'pipe' as const,
          env: { NETLOOM_HOME: path.join(root, '.cache', 'e2e-home'), PORT: port, NETLOOM_HOST: '127.0.0.1' },
        },
      }),
});
