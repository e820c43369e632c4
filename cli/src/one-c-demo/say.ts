import type { Callback } from '@gastronom/one-c-stand-in/callback';
import type { Sale } from '@gastronom/one-c-stand-in/shelves';
import type { Trigger } from '@gastronom/one-c-stand-in/trigger';

const troubles: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; is PUBLIC_URL of the server its own address?',
  ENOTFOUND: 'there is no such name; is PUBLIC_URL of the server its own address?',
  ECONNRESET: 'the connection was cut',
};

const sameSecret = 'it must run with the same DATA_DIR, or the same ONE_C_WEBHOOK_SECRETS';

function messageOf(answer: string): string {
  try {
    const { message } = JSON.parse(answer) as { message?: string };
    if (typeof message === 'string') return message;
  } catch {
    // An answer that is no JSON is shown as it is.
  }
  return answer.slice(0, 200);
}

export const tellTrigger = ({ warehouseId, status }: Trigger, delay: string): string => {
  const asked = `asked to count warehouse ${warehouseId}`;
  if (status === 202) return `${asked}: ${delay}`;
  if (status === null) return `${asked}: gave no answer`;
  return status === 404 ? `${asked}: 404, there is none such here` : `${asked}: answered ${status}`;
};

export function tellCallback({ warehouseId, items, status, answer, url }: Callback): string {
  const called = `called back with ${items} ${items === 1 ? 'count' : 'counts'} of warehouse ${warehouseId}`;
  if (status === null) return `${called} in vain: ${new URL(url).origin}: ${troubles[answer] ?? answer}`;
  return `${called}: ${status} ${messageOf(answer)}${status === 401 ? ` (${sameSecret})` : ''}`;
}

export const tellSale = ({ warehouse, code, before, after }: Sale): string =>
  after < before
    ? `sold ${before - after} of ${code} in warehouse ${warehouse}: ${after} left`
    : `a lorry brought ${after - before} of ${code} to warehouse ${warehouse}`;
