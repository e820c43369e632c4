import type { DocumentNode } from 'graphql';
import type { Plan } from './plan.ts';

/** Finds out by which fetches an operation is answered. Validated operations without introspection come here. */
export interface Planner {
  readonly name: 'hive' | 'apollo';
  plan(document: DocumentNode, operationName: string | undefined): Promise<Plan>;
}
