import type { FastifyPluginCallback } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { SubgraphDatabase } from './database/subgraph-database.ts';
import type { JobImplementation } from './jobs/job.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import type { Logger } from './logger.ts';
import type { Broadcast } from './redis/broadcast.ts';
import type { SubgraphSchema } from './subgraph-schema.ts';
import type { Client, Viewer } from './viewer.ts';

/** What every operation carries with it, whichever way it came. */
export interface SubgraphRequest {
  readonly viewer: Viewer;
  /** Where the request came from; nowhere, for the product's own jobs. */
  readonly client?: Client | undefined;
  readonly requestId: string;
  readonly logger: Logger;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** An operation for one subgraph. */
export interface SubgraphOperation {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** A request to one of the subgraph's REST endpoints, as it came to the public door. */
export interface RestRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** How a part of a subgraph does, beyond whether it answers: a warning leaves it in service. */
export interface HealthCheck {
  readonly status: 'pass' | 'warn' | 'fail';
  /** What is wrong, for people; nothing secret. */
  readonly output?: string;
}

export type HealthChecks = Readonly<Record<string, HealthCheck>>;

/** The way to a subgraph: in this process, or over HTTP. Both answer alike. */
export interface SubgraphTransport {
  /** Works out ahead of the first call what hangs on the text of an operation alone. */
  prepare?(query: string): void;
  execute(operation: SubgraphOperation, request: SubgraphRequest): Promise<ExecutionResult>;
  /** Passes a REST request on. A subgraph without REST endpoints answers 404. */
  rest(request: RestRequest, context: SubgraphRequest): Promise<RestAnswer>;
  /** What the subgraph says of its own health; empty for most. */
  checks(): Promise<HealthChecks>;
  /** Rejects, with the reason, while the subgraph or its database cannot answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Finds the way to a subgraph by its name. */
export type SubgraphDirectory = (name: string) => SubgraphTransport;

/** What a subgraph is given to live on. */
export interface SubgraphEnvironment {
  readonly dataSource: DataSource;
  readonly subgraphs: SubgraphDirectory;
  readonly jobs: JobQueue;
  /** To other processes, for what cannot wait until they look. */
  readonly broadcast: Broadcast;
  readonly logger: Logger;
}

/** What is told to those outside, for the catalogue in docs/. */
export interface MessageDefinition {
  readonly type: string;
  readonly version: number;
  /** When it is sent. */
  readonly description: string;
  /** Its data. */
  readonly shown: z.ZodType;
}

/** A subgraph as the composition roots see it. */
export interface SubgraphDefinition {
  readonly name: string;
  readonly database: SubgraphDatabase;
  /** The schema; `sdl` is what is checked in as `schema.graphql`. */
  buildSchema(): Promise<SubgraphSchema>;
  /** Makes the context of one request: who asks, and fresh loaders. */
  createContext(environment: SubgraphEnvironment): (request: SubgraphRequest) => object;
  /** REST endpoints, under the paths that the public door sends here. `request.caller` says who asks. */
  createRest?(environment: SubgraphEnvironment): FastifyPluginCallback;
  /** The jobs that its worker does. */
  createWorker?(environment: SubgraphEnvironment): readonly JobImplementation[];
  readonly messages?: readonly MessageDefinition[];
  createChecks?(environment: SubgraphEnvironment): () => Promise<HealthChecks>;
  /** Ends what it holds open for an environment: after its jobs and requests, before the database. */
  close?(environment: SubgraphEnvironment): Promise<void>;
}
