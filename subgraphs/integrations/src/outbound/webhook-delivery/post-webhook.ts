import type { IncomingHttpHeaders } from 'node:http';
import { AddressRefusedError } from '@gastronom/shared/http/address-guard';
import { type Dispatcher, request } from 'undici';
import { parseRetryAfter } from './retry-schedule.ts';
import type { WebhookFailureName } from './webhook-delivery.entity.ts';

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of one try. */
export interface Outcome {
  readonly at: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  /** Null for a try that succeeded: an answer of 200 to 299. */
  readonly failure: WebhookFailureName | null;
  readonly answer: string | null;
  readonly retryAfterMs: number | null;
}

/** How much of an answer is kept, in bytes; what comes behind is not even read. */
const keptBytes = 1_024;

/** The beginning of a body, whatever becomes of the rest: what counts is the status, which has come. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= keptBytes) break;
    }
  } catch (error) {
    return `${readable(chunks)} [broken off: ${(error as Error).message}]`;
  }
  return readable(chunks);
}

const readable = (chunks: readonly Buffer[]): string =>
  new TextDecoder().decode(Buffer.concat(chunks).subarray(0, keptBytes)).replaceAll('\0', '\uFFFD');

function verdictOn(statusCode: number): WebhookFailureName | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  return statusCode >= 300 && statusCode < 400 ? 'REDIRECT' : 'STATUS';
}

const certificate = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_)/;

function failureOf(error: unknown): WebhookFailureName {
  const { name, code = '' } = error as Error & { code?: string };
  if (error instanceof AddressRefusedError) return 'ADDRESS_REFUSED';
  if (name === 'TimeoutError' || code.endsWith('TIMEOUT') || code === 'ETIMEDOUT') return 'TIMEOUT';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'UNKNOWN_HOST';
  return certificate.test(code) ? 'CERTIFICATE' : 'CONNECTION';
}

const one = (value: IncomingHttpHeaders[string]): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Posts once, follows no redirect, and answers within the time whatever the other side does. */
export async function postWebhook(
  { url, headers, body }: WebhookPost,
  { dispatcher, timeoutMs }: { readonly dispatcher: Dispatcher; readonly timeoutMs: number },
): Promise<Outcome> {
  const at = new Date();
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answered = await request(url, { method: 'POST', headers, body, dispatcher, signal });
    const answer = await beginningOf(answered.body);
    const { statusCode } = answered;
    const retryAfterMs = parseRetryAfter(one(answered.headers['retry-after']), new Date());
    return { at, durationMs: took(), statusCode, failure: verdictOn(statusCode), answer, retryAfterMs };
  } catch (error) {
    const failure = failureOf(error);
    return { at, durationMs: took(), statusCode: null, failure, answer: null, retryAfterMs: null };
  }
}
