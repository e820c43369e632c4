import { randomUUID } from 'node:crypto';
import { type ServerOptions, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type ErrorCode, errorCodes } from '../domain-error.ts';
import { requestIdHeader } from '../viewer.ts';

/** The largest body that one part of the product hands to another: the public door has counted its bytes already. */
export const internalBodyLimit = 256 * 1024 * 1024;

const headerLimit = 16 * 1024;

const troubles: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE', `The address and the headers are larger than ${headerLimit / 1024} KB.`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['PAYLOAD_TOO_LARGE', 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'The request did not come in time.'],
};

const notHttp = ['BAD_REQUEST', 'What came is no valid HTTP request.'] as const;

type Served = Socket & { readonly _httpMessage?: { readonly headersSent: boolean } };

/** Answers what never became a request, in the shape of REST errors, and ends its connection. */
function answerClientError(this: FastifyInstance, error: Error & { code?: string }, socket: Served): void {
  const { code: cause = '' } = error;
  const requestId = randomUUID();
  this.log.debug({ cause, requestId, ip: socket.remoteAddress }, 'a connection brought no valid request');
  if (cause === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const [code, message] = troubles[cause] ?? notHttp;
  const { error: name, status } = errorCodes[code];
  const body = JSON.stringify({ error: name, message, status, timestamp: new Date().toISOString(), requestId });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `${requestIdHeader}: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

export interface ConnectionBounds {
  /** For how long a connection may be silent before its headers are complete. */
  readonly headersTimeoutMs: number;
  /** For how long a whole request may take to come, and an answer to be fetched. */
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
}

interface ConnectionOptions {
  readonly http: ServerOptions;
  readonly requestTimeout: number;
  readonly connectionTimeout: number;
  readonly keepAliveTimeout: number;
  readonly clientErrorHandler: (this: FastifyInstance, error: Error, socket: Socket) => void;
}

/** What a server takes of connections: so much of headers, for so long, and nothing that could be read in two ways. */
export function connectionOptions(bounds: ConnectionBounds): ConnectionOptions {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = bounds;
  return {
    http: {
      maxHeaderSize: headerLimit,
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.max(100, Math.min(headersTimeoutMs / 4, 5_000)),
      insecureHTTPParser: false,
      // A probe may come without one; `checkForm` looks at the others.
      requireHostHeader: false,
    },
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    clientErrorHandler: answerClientError,
  };
}
