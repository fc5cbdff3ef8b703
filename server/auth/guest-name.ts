import { randomInt } from 'node:crypto';

const FIRST = ['Curious', 'Patient', 'Bright', 'Quiet', 'Swift', 'Gentle', 'Bold', 'Merry', 'Clever', 'Calm'];
const SECOND = ['Otter', 'Heron', 'Fox', 'Badger', 'Wren', 'Lynx', 'Hare', 'Owl', 'Newt', 'Finch', 'Marten', 'Swan'];

/** A friendly name for somebody who did not give one. */
export const guestName = (): string =>
  `${FIRST[randomInt(FIRST.length)] ?? 'Curious'} ${SECOND[randomInt(SECOND.length)] ?? 'Otter'}`;
