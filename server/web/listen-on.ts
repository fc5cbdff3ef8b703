import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { tellLauncher } from '@/server/launcher/child-messages';

/** An earlier process of ours that is just ending may hold the port for a moment. */
const PATIENCE = 5_000;

/**
 * Listens; answers the port. Where another program keeps it, tells the launcher that starting again would not help, and
 * throws.
 */
export async function listenOn(server: Server, port: number, host: string): Promise<number> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      await attempt(server, port, host);
      const address = server.address();
      return typeof address === 'object' && address ? address.port : port;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (taken && Date.now() < deadline) {
        await pause(100);
        continue;
      }
      const message = taken
        ? `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=3001 npm start`
        : `Cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}`;
      tellLauncher({ say: 'fatal', message });
      throw new Error(message, { cause: error });
    }
  }
}

function attempt(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
