import type { ExecutionResult } from 'graphql';
import type { DataSource } from 'typeorm';
import type { SubgraphDatabase } from './database/subgraph-database.ts';
import type { Logger } from './logger.ts';
import type { SubgraphSchema } from './subgraph-schema.ts';
import type { Viewer } from './viewer.ts';

/** What every operation carries with it, whichever way it came. */
export interface SubgraphRequest {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly logger: Logger;
}

/** An operation for one subgraph. */
export interface SubgraphOperation {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** The way to a subgraph: in this process, or over HTTP. Both answer alike. */
export interface SubgraphTransport {
  execute(operation: SubgraphOperation, request: SubgraphRequest): Promise<ExecutionResult>;
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
  readonly logger: Logger;
}

/** A subgraph as the composition roots see it. */
export interface SubgraphDefinition {
  readonly name: string;
  readonly database: SubgraphDatabase;
  /** The schema; `sdl` is what is checked in as `schema.graphql`. */
  buildSchema(): Promise<SubgraphSchema>;
  /** Makes the context of one request: who asks, and fresh loaders. */
  createContext(environment: SubgraphEnvironment): (request: SubgraphRequest) => object;
}
