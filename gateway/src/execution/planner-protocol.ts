import type { PlanNode } from '@graphql-hive/router-query-planner';

/** What the process that plans is asked: about a graph, once it has been told of it. */
export type PlannerQuestion =
  | { readonly id: number; readonly graph: string; readonly supergraphSdl: string }
  | { readonly id: number; readonly graph: string; readonly query: string; readonly operationName: string | undefined };

export type PlannerReply =
  | { readonly id: number; readonly node?: PlanNode | undefined }
  | { readonly id: number; readonly error: string };
