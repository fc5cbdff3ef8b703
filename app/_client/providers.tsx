'use client';

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { cssVariables } from '@/app/_ui/css-variables';
import { theme } from '@/app/_ui/theme';
import { createQueryClient } from './query-client';
import { createServiceClient, TRPCProvider } from './trpc';

/** Everything that pages find in context: theme, service client and query cache. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueryClient);
  const [service] = useState(createServiceClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="dark">
      <QueryClientProvider client={queries}>
        <TRPCProvider queryClient={queries} trpcClient={service.client}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
