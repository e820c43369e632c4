import { createHmac, randomUUID } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Fault } from './fault.ts';

/** How 1C shows that it is 1C. `signature`: the headers of Standard Webhooks, an HMAC over the body. */
export type SecretIn = 'bearer' | 'header' | 'signature';
export type Encoding = 'utf-8' | 'windows-1251';

export interface CallbackStyle {
  readonly secret: string | undefined;
  readonly secretIn: SecretIn;
  readonly encoding: Encoding;
  /** Whether the payload says when it was calculated, which a 1C that nobody may change does not. */
  readonly observedAt: boolean;
}

/** A callback that 1C made, and how it was received. */
export interface Callback {
  readonly warehouseId: string;
  readonly url: string;
  readonly at: Date;
  readonly items: number;
  /** HTTP status of the answer, null when there was none. */
  readonly status: number | null;
  /** The body of the answer, or why there was none. */
  readonly answer: string;
}

/** A calculated answer on its way: the numbers are those of the moment of calculation, whenever it is sent. */
export interface Calculated {
  readonly warehouseId: string;
  readonly url: string;
  readonly items: number;
  readonly body: string;
}

// 1C keeps codes as text of a fixed length and loses the zeros where somebody made a number of one.
const asNumber = (id: string): number | string =>
  /^\d+$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id;

export function calculate(
  warehouse: string,
  goods: ReadonlyMap<string, number | string>,
  url: string,
  style: CallbackStyle,
): Calculated {
  const items = [...goods].map(([code, quantity]) => ({ nomenclature_code: code, quantity }));
  const body = JSON.stringify({
    warehouse_id_1c: asNumber(warehouse),
    ...(style.observedAt ? { observed_at: new Date().toISOString() } : {}),
    items,
  });
  return { warehouseId: warehouse, url, items: items.length, body };
}

function credentials(body: Buffer, secret: string, secretIn: SecretIn): Record<string, string> {
  if (secretIn === 'bearer') return { authorization: `Bearer ${secret}` };
  if (secretIn === 'header') return { 'x-webhook-secret': secret };
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signed = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signed}` };
}

const answerLimit = 2_000;

/** Posts a callback, spoilt by some faults. */
export async function post(
  calculated: Calculated,
  style: CallbackStyle,
  fault: Fault,
  signal: AbortSignal,
): Promise<Callback> {
  const { warehouseId, url, items } = calculated;
  const text = fault === 'truncated' ? calculated.body.slice(0, calculated.body.length / 2) : calculated.body;
  const body = iconv.encode(text, style.encoding);
  const secret = fault === 'wrong-secret' ? `not-${style.secret ?? 'agreed'}` : style.secret;
  const headers = {
    'content-type': style.encoding === 'utf-8' ? 'application/json' : `application/json; charset=${style.encoding}`,
    ...(secret === undefined ? {} : credentials(body, secret, style.secretIn)),
  };
  const at = new Date();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
      redirect: 'error',
      signal,
    });
    const answer = (await response.text()).slice(0, answerLimit);
    return { warehouseId, url, at, items, status: response.status, answer };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    return { warehouseId, url, at, items, status: null, answer: cause?.code ?? cause?.message ?? message };
  }
}
