import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as Y from 'yjs';

/** The same for two copies of a document that know the same edits, deletions too; else another one. */
export const stateName = (doc: Y.Doc): string => bytesToHex(sha256(Y.encodeSnapshot(Y.snapshot(doc))));

/** Begins the message with which the service says what it has put on its disk; the state's name follows. */
export const STORED = 'stored ';
