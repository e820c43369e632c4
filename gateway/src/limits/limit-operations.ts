import type { ApolloServerPlugin } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { asGraphQLError } from '../documents/document-reader.ts';
import type { GatewayContext } from '../graphql/context.ts';
import { compileCost, type OperationCost } from './operation-cost.ts';
import { operationPoints, unseenDocumentPoints } from './request-points.ts';

function tooCostly(cost: number, limit: number): DomainError {
  const message =
    `This operation would cost ${cost}, more than the ${limit} that one may: each object costs 1, and lists multiply ` +
    'what stands in them. Ask for shorter pages (`first`), fewer lists in lists, or in several operations.';
  return new DomainError('OPERATION_TOO_COSTLY', message, { cost, limit });
}

/** An operation that is about to run, and for whom. */
export interface Charged {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** Charges who asks for an operation. @throws RATE_LIMITED, OPERATION_TOO_COSTLY */
export type ChargeOperation = (charged: Charged) => Promise<void>;

/** What an operation costs is known before it runs, and limited. */
export function chargeOperations(costLimit: number): ChargeOperation {
  // The same text is the same document to Apollo, so that its cost is compiled once.
  const compiled = new WeakMap<OperationDefinitionNode, OperationCost>();
  return async ({ schema, document, operation, variables, context }) => {
    const known = compiled.get(operation);
    const costOf = known ?? compileCost(schema, document, operation);
    if (!known) compiled.set(operation, costOf);
    const cost = Math.min(Math.ceil(costOf(variables)), Number.MAX_SAFE_INTEGER);
    const allowed = cost <= costLimit;
    context.points = operationPoints(allowed ? cost : 0);
    await context.limits?.charge(context.viewer, (known ? 0 : unseenDocumentPoints) + context.points);
    if (!allowed) throw tooCostly(cost, costLimit);
  };
}

/** Charges each operation that Apollo runs. */
export const limitOperations = (charge: ChargeOperation): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request: { variables = {} }, contextValue: context }) {
        if (!operation || context.answered) return;
        try {
          await charge({ schema, document, operation, variables, context });
        } catch (error) {
          throw error instanceof DomainError ? asGraphQLError(error) : error;
        }
      },
      /** A document that cannot run took as much work to find that out, and is remembered by nobody. */
      async didEncounterErrors({ contextValue: { limits, refusal } }) {
        if (refusal?.afterReading) await limits?.penalise(unseenDocumentPoints);
      },
    };
  },
});
