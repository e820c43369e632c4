import type { ApolloServerOptions } from '@apollo/server';
import type { GatewayContext } from './context.ts';

/** What Apollo Server runs operations on: a schema, and an executor for it. */
export type ExecutingGateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;

export type Execute = NonNullable<Awaited<ReturnType<ExecutingGateway['load']>>['executor']>;
export type Request = Parameters<Execute>[0];
export type Result = Awaited<ReturnType<Execute>>;
