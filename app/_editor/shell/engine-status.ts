import { useQuery } from '@tanstack/react-query';
import { useTRPCClient } from '@/app/_client/trpc';

/** What trains here; asked for once and shared. */
export function useEngineStatus() {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ['engine'],
    queryFn: () => client.engine.status.query(),
    staleTime: 60_000,
    retry: false,
  });
}

/** `CPU` of `CPU, 2 threads`. */
export const deviceName = (device: string): string => device.replace(/,.*/, '');
