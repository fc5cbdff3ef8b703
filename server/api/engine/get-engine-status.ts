import { procedure } from '../procedure';

/** What trains here, and what would make it faster. */
export const getEngineStatus = procedure('engine.read').query(({ ctx }) => ctx.services.engine());
