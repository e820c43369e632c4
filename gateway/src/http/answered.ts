import type { FastifyReply } from 'fastify';

const lasts = Symbol('lasts');

/** Calls once when a request is done with: answered, its connection gone, or its answer a stream that lasts. */
export function onceAnswered(reply: FastifyReply, leave: () => void): void {
  let left = false;
  const once = () => {
    if (left) return;
    left = true;
    leave();
  };
  reply.raw.once('close', once).once(lasts, once);
}

/** Says that the answer is a stream that lasts: what was held for the request is let go of before it ends. */
export function answerLasts(reply: FastifyReply): void {
  reply.raw.emit(lasts);
  // It may be silent for longer than a request may be.
  reply.raw.setTimeout(0);
}
