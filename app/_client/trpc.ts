'use client';

import {
  createTRPCClient,
  createWSClient,
  httpBatchStreamLink,
  splitLink,
  type TRPCClient,
  type TRPCWebSocketClient,
  wsLink,
} from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import type { AppRouter } from '@/server/api/router';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type ServiceClient = TRPCClient<AppRouter>;

const socketAddress = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/trpc`;

/**
 * Questions and changes go in HTTP batches, subscriptions over one lazy WebSocket: it opens with the first subscription,
 * so that a visitor who watches nothing costs none, and it carries the session's cookie of that moment.
 */
export function createServiceClient(): { client: ServiceClient; socket: TRPCWebSocketClient } {
  const socket = createWSClient({ url: socketAddress, lazy: { enabled: true, closeMs: 5_000 } });
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: wsLink({ client: socket, transformer: superjson }),
        // Each answer of a batch arrives when it is ready: a slow preview does not hold up the list beside it.
        false: httpBatchStreamLink({ url: '/api/trpc', transformer: superjson, maxURLLength: 4_000 }),
      }),
    ],
  });
  return { client, socket };
}
