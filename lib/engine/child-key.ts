import { contentHash } from '@/lib/base/hash';
import type { ChildRequest } from '@/lib/nodes/common/children';

/** What a child is known by. All children of a run have its seed. */
export const childKey = (request: ChildRequest): string => contentHash(request).slice(0, 24);
