import { AddressRefusedError } from '@gastronom/shared/http/address-guard';

export type TroubleKind = 'GONE' | 'BLOCKED' | 'FETCH_ERROR';

interface TroubleDetails {
  /** Another try may go better. */
  readonly mayPass?: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** Why no page came. The message is a sentence for the owner of the store. */
export class FetchTrouble extends Error {
  override readonly name = 'FetchTrouble';
  readonly kind: TroubleKind;
  readonly code: string;
  readonly mayPass: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(kind: TroubleKind, code: string, reason: string, details: TroubleDetails = {}) {
    super(reason, { cause: details.cause });
    this.kind = kind;
    this.code = code;
    this.mayPass = details.mayPass ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export const privateAddress = (host: string): FetchTrouble =>
  new FetchTrouble('FETCH_ERROR', 'PRIVATE_ADDRESS', `${host} is not an address of the public internet.`);

export const timedOut = (host: string): FetchTrouble =>
  new FetchTrouble('FETCH_ERROR', 'TIMEOUT', `${host} did not answer in full in time.`);

export const tooLarge = (limitBytes: number): FetchTrouble =>
  new FetchTrouble('FETCH_ERROR', 'TOO_LARGE', `The page has more than ${Math.round(limitBytes / 1_048_576)} MB.`);

type Words = readonly [code: string, what: string, mayPass: boolean];

const brokenOff: Words = ['CONNECTION', 'broke the connection off.', true];
const late: Words = ['TIMEOUT', 'did not answer in time.', false];
const unreadable: Words = ['BROKEN_BODY', 'sent a page that cannot be unpacked.', false];

const words: Readonly<Record<string, Words>> = {
  ECONNREFUSED: ['CONNECTION', 'takes no connections.', true],
  EHOSTUNREACH: ['CONNECTION', 'cannot be reached.', true],
  ENETUNREACH: ['CONNECTION', 'cannot be reached.', true],
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  UND_ERR_SOCKET: brokenOff,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: brokenOff,
  ETIMEDOUT: late,
  UND_ERR_CONNECT_TIMEOUT: late,
  UND_ERR_HEADERS_TIMEOUT: late,
  UND_ERR_BODY_TIMEOUT: late,
  ENOTFOUND: ['UNKNOWN_HOST', 'is not known by name.', false],
  EAI_AGAIN: ['UNKNOWN_HOST', 'could not be looked up by name.', true],
  UND_ERR_HEADERS_OVERFLOW: ['BAD_ANSWER', 'answered with headers that are too long.', false],
  Z_BUF_ERROR: unreadable,
  Z_DATA_ERROR: unreadable,
};

const certificate = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_)/;

function wordsFor(code: string): Words {
  const known = words[code];
  if (known) return known;
  if (certificate.test(code)) return ['CERTIFICATE', 'has no certificate that holds.', false];
  if (code.startsWith('ERR_HTTP2_')) return brokenOff;
  if (code.startsWith('HPE_')) return ['BAD_ANSWER', 'answered with something that is no HTTP.', false];
  return /^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING|ZSTD_)/.test(code)
    ? unreadable
    : ['CONNECTION', `could not be asked (${code || 'for an unknown reason'}).`, false];
}

/** What an error of a connection means for the owner of the store. */
export function troubleOf(host: string, error: unknown): FetchTrouble {
  if (error instanceof FetchTrouble) return error;
  if (error instanceof AddressRefusedError) return privateAddress(host);
  const { name, code = name === 'HTTPParserError' ? 'HPE_' : '', cause } = error as Error & { code?: string };
  if (cause instanceof AddressRefusedError) return privateAddress(host);
  const [ours, what, mayPass] = wordsFor(code);
  return new FetchTrouble('FETCH_ERROR', ours, `${host} ${what}`, { mayPass, cause: error });
}
