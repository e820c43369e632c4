import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { GraphQLError } from 'graphql';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { LiveAsk } from '../live/admitted.ts';
import type { PublicAnswer } from '../sharing/public-answer.ts';
import type { Result } from './executor.ts';

/** What each operation carries through the gateway to the subgraphs. */
export interface GatewayContext extends SubgraphRequest {
  /** Whom the request is charged to; null where nothing is limited. */
  limits?: RequestLimits | null;
  /** Why the operation may not run, found before Apollo saw it. */
  refusal?: Refusal | undefined;
  /** Where a subscription may be asked for: over a stream. */
  live?: LiveAsk | undefined;
  /** What running it was charged, without what reading its document was. */
  points?: number | undefined;
  /** What it was answered, where it was run before Apollo saw it: that is not done twice. */
  answered?: Promise<Result> | undefined;
  /** Where those behind Apollo leave notes for the door: Apollo hands on copies of this object. */
  shared?: Notes;
}

interface Notes {
  /** What it was answered with, where that is the same for all. */
  answer?: PublicAnswer | undefined;
  /** What was run, where its like may be run without Apollo. */
  ran?: RanOperation | undefined;
}

/** An operation that Apollo let through. */
export interface RanOperation {
  /** SHA-256 of its document. */
  readonly documentKey: string;
  readonly operationName: string | undefined;
}

export interface Refusal {
  /** What the client is told. */
  readonly errors: readonly GraphQLError[];
  /** Whether the document had to be read to find that out. */
  readonly afterReading: boolean;
}
