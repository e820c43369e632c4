import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyInstance } from 'fastify';
import { onceAnswered } from './answered.ts';
import { pathOf, probePaths } from './request-form.ts';

/** Refuses more requests than so many at a time, before they make each other slow. Those still sending do not count. */
export function boundWork(server: FastifyInstance, most: number): void {
  let inFlight = 0;
  server.addHook('preHandler', async (request, reply) => {
    if (inFlight >= most && !probePaths.has(pathOf(request))) {
      reply.header('retry-after', '1');
      throw new DomainError('OVERLOADED', 'This server is busy. Try again in a second.');
    }
    inFlight += 1;
    onceAnswered(reply, () => {
      inFlight -= 1;
    });
  });
}
