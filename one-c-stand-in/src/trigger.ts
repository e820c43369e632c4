import type { IncomingMessage } from 'node:http';

/** A request that 1C calculate the stock of a warehouse, however it was answered. */
export interface Trigger {
  /** As it was written in the request. */
  readonly warehouseId: string;
  readonly callbackUrl: string;
  readonly at: Date;
  /** HTTP status of the answer, null when the connection was cut or left hanging. */
  readonly status: number | null;
}

export type Wanted = Pick<Trigger, 'warehouseId' | 'callbackUrl'>;

const bodyLimit = 64 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyLimit) chunks.push(chunk);
  }
  return bytes > bodyLimit ? '' : Buffer.concat(chunks).toString('utf8');
}

const isWebAddress = (text: unknown): text is string =>
  typeof text === 'string' && /^https?:$/.test(URL.parse(text)?.protocol ?? '');

/** What the trigger asks for, or why it asks for nothing that can be done. */
export function readTrigger(body: string): Wanted | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return `the body is not JSON: ${(error as SyntaxError).message}`;
  }
  const { warehouse_id_1c: id, callback_url: callbackUrl } = Object(value) as Record<string, unknown>;
  const warehouseId = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
  if (warehouseId === '') return 'warehouse_id_1c must be the code of a warehouse';
  if (!isWebAddress(callbackUrl)) return 'callback_url must be an http or https address';
  return { warehouseId, callbackUrl };
}
