/**
 * What a field says of its answers to who shares them (`gateway/src/sharing`), as a `@tag` in the supergraph. Nothing is
 * shared unless it says so.
 */

/** Given the same parent and arguments, the field is the same for whoever asks. On a type: all its fields are. */
export const sameForAll = 'same-for-all';

/** The mutation changes nothing that such a field shows. */
export const changesNothingShared = 'changes-nothing-shared';
