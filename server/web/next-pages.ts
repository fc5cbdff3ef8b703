import next from 'next';
import type { Pages } from './web-server';

/** The pages, by Next.js. In production from the build in `distDir`, which the launcher has made. */
export async function nextPages(project: string, dev: boolean): Promise<Pages> {
  const app = next({ dev, dir: project });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    handle: (request, response) => handle(request, response),
    upgrade: (request, socket, head) => upgrade(request, socket, head),
  };
}
