import { QueryClient } from '@tanstack/react-query';
import { errorCode } from './readable-error';

/** Answers of the service are final; only silence is worth asking again. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => errorCode(error) === null && failures < 2,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
