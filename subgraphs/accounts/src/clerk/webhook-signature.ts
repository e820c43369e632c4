import { verifyWebhook } from '@clerk/backend/webhooks';
import { DomainError } from '@gastronom/shared/domain-error';
import { decodeBody } from '@gastronom/shared/http/decode-body';
import type { ClerkMessage } from './clerk-delivery.service.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const signatureHeaders = ['svix-id', 'svix-timestamp', 'svix-signature'] as const;
const longestId = 200;

async function isSigned(request: Request, signingSecret: string): Promise<boolean> {
  try {
    await verifyWebhook(request, { signingSecret });
    return true;
  } catch (error) {
    // The library has one error for every reason: no, or not any more, or not yet.
    if (error instanceof Error) return false;
    throw error;
  }
}

/**
 * Lets in what Clerk signed within the last five minutes, over the bytes as they came; with one of several secrets, while
 * one takes the other's place.
 */
export async function admitMessage(secrets: readonly string[], given: Headers, bytes: Buffer): Promise<ClerkMessage> {
  const headers = new Headers();
  for (const name of signatureHeaders) headers.set(name, String(given[name] ?? ''));
  const body = decodeBody(bytes, undefined);
  const id = headers.get('svix-id')?.trim() ?? '';
  for (const secret of secrets) {
    const request = new Request('https://gastronom.invalid/webhooks/clerk', { method: 'POST', headers, body });
    if (id.length <= longestId && (await isSigned(request, secret))) return { id, body: JSON.parse(body) };
  }
  throw new DomainError('UNAUTHENTICATED', 'The signature is not Clerk’s, or is older than five minutes.');
}
