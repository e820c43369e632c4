import { Directive } from 'type-graphql';
import { changesNothingShared, sameForAll } from './answer-tag.ts';

type Decorator = ReturnType<typeof Directive>;

const tag = (name: string): Decorator => Directive(`@tag(name: "${name}")`);

/**
 * Given the same parent and arguments, the field is the same for whoever asks: its answers may be shared, and cached for
 * seconds. On a type that is no entity: all its fields are. Never on what looks at the viewer.
 */
export const SameForAll = (): Decorator => tag(sameForAll);

/** The mutation changes nothing that is the same for all: what is shared stays. */
export const ChangesNothingShared = (): Decorator => tag(changesNothingShared);
