// Made by `npm run generate` from file names. Do not edit.
import { environment as cartpoleEnvironment } from './cartpole.environment';
import { environment as catchEnvironment } from './catch.environment';
import type { Environment } from './environment';

export const environments: Record<string, Environment> = {
  cartpole: cartpoleEnvironment,
  catch: catchEnvironment,
};
