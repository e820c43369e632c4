import type { ApolloServerPlugin } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import type { OperationDefinitionNode } from 'graphql';
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

/** What an operation that runs is charged to who asks; what it costs is known before it runs, and limited. */
export function limitOperations(costLimit: number): ApolloServerPlugin<GatewayContext> {
  // The same text is the same document to Apollo, so that its cost is compiled once.
  const compiled = new WeakMap<OperationDefinitionNode, OperationCost>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!operation) return;
          const known = compiled.get(operation);
          const costOf = known ?? compileCost(schema, document, operation);
          if (!known) compiled.set(operation, costOf);
          const cost = Math.min(Math.ceil(costOf(request.variables ?? {})), Number.MAX_SAFE_INTEGER);
          const allowed = cost <= costLimit;
          contextValue.points = operationPoints(allowed ? cost : 0);
          const points = (known ? 0 : unseenDocumentPoints) + contextValue.points;
          try {
            await contextValue.limits?.charge(contextValue.viewer, points);
            if (!allowed) throw tooCostly(cost, costLimit);
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
  };
}
