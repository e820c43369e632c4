import { DomainError } from '@gastronom/shared/domain-error';
import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getVariableValues,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { asGraphQLError } from '../documents/document-reader.ts';
import { type Fragments, fragmentsOf } from '../documents/fragments.ts';
import type { GatewayContext } from '../graphql/context.ts';
import type { ExecutingGateway, Request, Result } from '../graphql/executor.ts';
import { type Topic, topicsFor } from './live-topics.ts';

const twins = new WeakMap<DocumentNode, DocumentNode>();

/** The same document with queries in place of its subscriptions, whose fields have twins among those of `Query`. */
function asQueries(document: DocumentNode): DocumentNode {
  const known = twins.get(document);
  if (known) return known;
  const twin: DocumentNode = visit(document, {
    OperationDefinition: (node) =>
      node.operation === OperationTypeNode.SUBSCRIPTION ? { ...node, operation: OperationTypeNode.QUERY } : undefined,
    NamedType: (node) =>
      node.name.value === 'Subscription' ? { ...node, name: { ...node.name, value: 'Query' } } : undefined,
  });
  twins.set(document, twin);
  return twin;
}

/** The one field of a subscription, which may stand in a fragment. */
function rootField(selections: SelectionSetNode, fragments: Fragments): FieldNode {
  const [first] = selections.selections;
  if (first?.kind === Kind.FIELD) return first;
  const below =
    first?.kind === Kind.FRAGMENT_SPREAD ? fragments.get(first.name.value)?.selectionSet : first?.selectionSet;
  if (!below) throw new Error('validation let through a subscription without a field');
  return rootField(below, fragments);
}

function topicsOfOperation({ schema, document, operation, request, context }: Request): Topic[] {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  if (!coerced) throw new DomainError('BAD_USER_INPUT', errors?.[0]?.message ?? 'The variables do not fit.');
  const node = rootField(operation.selectionSet, fragmentsOf(document));
  const field = schema.getSubscriptionType()?.getFields()[node.name.value];
  if (!field) throw new Error(`validation let through a subscription of ${node.name.value}`);
  return topicsFor(field.name, getArgumentValues(field, node, coerced), (context as GatewayContext).viewer);
}

const needsStream = () =>
  new DomainError(
    'NOT_ACCEPTABLE',
    'Subscriptions are answered as server-sent events: send the operation alone, with `Accept: text/event-stream`.',
  );

function admit(context: Request): Result {
  const { live } = context.context as GatewayContext;
  try {
    if (!live || live === 'run') throw needsStream();
    const topics = topicsOfOperation(context);
    const { operationName, variables = {} } = context.request;
    live.admitted = { text: context.source, operationName: operationName ?? undefined, variables, topics };
    return { data: {} };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { errors: [asGraphQLError(error)] };
  }
}

/**
 * No gateway here runs subscriptions. Each is run as the query that it is a twin of: behind all that the door asks of
 * an operation, so that a subscription is one until here.
 */
export const runAsQueries = (gateway: ExecutingGateway): ExecutingGateway => ({
  onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
  async load(options) {
    const { executor } = await gateway.load(options);
    if (!executor) throw new Error('the gateway runs nothing');
    return {
      async executor(request) {
        if (request.operation.operation !== OperationTypeNode.SUBSCRIPTION) return executor(request);
        if ((request.context as GatewayContext).live !== 'run') return admit(request);
        const document = asQueries(request.document);
        return executor({ ...request, document, queryHash: `${request.queryHash}:live` });
      },
    };
  },
  stop: () => gateway.stop(),
});
