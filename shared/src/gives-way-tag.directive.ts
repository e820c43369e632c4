import { Directive } from 'type-graphql';
import { givesWay } from './gives-way-tag.ts';

/** Bulk work that nobody looks at while it runs: it waits for its turn while those who read are kept waiting. */
export const GivesWay = (): ReturnType<typeof Directive> => Directive(`@tag(name: "${givesWay}")`);
