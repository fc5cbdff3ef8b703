import type { Actor } from '@/server/domain/authorise';
import type { Services } from './services';

/** What each call knows: who asks, and the services. */
export interface Context {
  actor: Actor | null;
  services: Services;
}
