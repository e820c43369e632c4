import { request } from 'undici';
import type { OneCSettings } from '../env.ts';

/** What 1C is asked: the body of its trigger, and nothing else. */
export interface StockRequest {
  readonly warehouse_id_1c: string | number;
  readonly callback_url: string;
}

/** 1C did not take the request; the message says why, and names neither passwords nor tokens. */
export class OneCError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OneCError';
  }
}

/** A plain number goes as a number, as 1C documents it; a code whose zeros or letters a number would lose, as text. */
export const warehouseIdOnWire = (externalId: string): string | number =>
  /^(0|[1-9]\d*)$/.test(externalId) && Number.isSafeInteger(Number(externalId)) ? Number(externalId) : externalId;

const troubles: Readonly<Record<string, string>> = {
  ECONNREFUSED: '1C does not listen at ONE_C_URL.',
  ENOTFOUND: 'the name in ONE_C_URL is not known.',
  ECONNRESET: '1C broke the connection off.',
  UND_ERR_SOCKET: '1C broke the connection off.',
};

function troubleOf(error: unknown, timeoutMs: number): OneCError {
  const { name, code = '' } = error as Error & { code?: string };
  const isLate = name === 'TimeoutError' || code.endsWith('_TIMEOUT');
  const message = isLate ? `1C did not answer within ${timeoutMs} ms.` : troubles[code];
  return new OneCError(message ?? '1C could not be asked.', { cause: error });
}

/** A user and password in the address are sent as 1C's web server expects them. */
function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** Asks 1C to count a warehouse. It answers at once, and calls back when it has counted. */
export async function askForStocks(
  { url, timeoutMs }: Pick<OneCSettings, 'timeoutMs'> & { readonly url: string },
  body: StockRequest,
): Promise<void> {
  const address = new URL(`${url}/api/stocks/sync`);
  const headers = { 'content-type': 'application/json', ...authorizationOf(address) };
  address.username = '';
  address.password = '';
  let status: number;
  try {
    const answer = await request(address, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.statusCode;
    await answer.body.dump({ limit: 1024 * 1024 });
  } catch (error) {
    throw troubleOf(error, timeoutMs);
  }
  if (status < 200 || status > 299) throw new OneCError(`1C answered ${status}.`);
}
