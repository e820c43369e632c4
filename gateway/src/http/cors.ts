import cors from '@fastify/cors';
import { requestIdHeader } from '@gastronom/shared/viewer';
import type { FastifyInstance } from 'fastify';
import { tokenHeader } from '../live/stream-token.ts';

const hostedSandbox = 'https://studio.apollographql.com';
const embeddedSandbox = 'https://sandbox.embed.apollographql.com';

const allowedHeaders = [
  'authorization',
  'content-type',
  'x-apollo-operation-name',
  'apollo-require-preflight',
  requestIdHeader,
  'last-event-id',
  tokenHeader,
];

export interface AllowedOrigins {
  readonly origins: readonly string[];
  /** Whether Apollo Sandbox may call as well. */
  readonly sandbox: boolean;
  /** Headers of answers that pages may read, beside the request's id. */
  readonly exposed: readonly string[];
}

/** Lets the pages of these origins call, and no others: an origin is compared whole, and never repeated unless it is on the list. */
export async function allowOrigins(server: FastifyInstance, allowed: AllowedOrigins): Promise<void> {
  const { origins, sandbox, exposed } = allowed;
  const origin = [...origins, ...(sandbox ? [hostedSandbox, embeddedSandbox] : [])];
  if (origin.length === 0) return;
  await server.register(cors, {
    origin,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    // Browsers keep a preflight for two hours at the most.
    maxAge: 7_200,
    strictPreflight: false,
    exposedHeaders: [...new Set([requestIdHeader, 'Retry-After', ...exposed])],
    allowedHeaders,
  });
  server.addHook('onSend', async (_request, reply) => {
    const granted = reply.getHeader('access-control-allow-origin');
    // Nobody else is told what he might do with credentials; nor is everybody, to whom pictures are shown.
    if (granted === undefined || granted === '*') reply.removeHeader('access-control-allow-credentials');
  });
}
