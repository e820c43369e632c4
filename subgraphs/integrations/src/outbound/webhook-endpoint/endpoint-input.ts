import type { AddressRule } from '@gastronom/shared/http/address-guard';
import type { UserError } from '@gastronom/shared/user-error.type';
import { type PartnerEventType, partnerEventTypes } from '../partner-event/partner-event.ts';
import type { SentEventType } from '../webhook-delivery/webhook-delivery.entity.ts';
import { urlProblem } from './endpoint-url.ts';

/** What somebody wants an endpoint to be; what is left out stays as it is. */
export interface EndpointWish {
  readonly url?: string | null;
  readonly description?: string | null;
  readonly eventTypes?: readonly SentEventType[] | null;
}

const longestDescription = 200;

type InputCode = 'BAD_URL' | 'BAD_DESCRIPTION' | 'BAD_EVENT_TYPES';

const isPartnerEvent = (type: SentEventType): type is PartnerEventType =>
  (partnerEventTypes as readonly string[]).includes(type);

export function problemsOf(
  { url, description, eventTypes }: EndpointWish,
  say: (code: InputCode, field: string[], message: string) => UserError,
  allowed: AddressRule,
): UserError[] {
  const problems: UserError[] = [];
  const wrongUrl = url == null ? null : urlProblem(url, allowed);
  if (wrongUrl) problems.push(say('BAD_URL', ['input', 'url'], wrongUrl));
  if (description != null && (description.length > longestDescription || description.includes('\0'))) {
    const message = `A description has at most ${longestDescription} characters.`;
    problems.push(say('BAD_DESCRIPTION', ['input', 'description'], message));
  }
  if (eventTypes && (eventTypes.length === 0 || !eventTypes.every(isPartnerEvent))) {
    const message =
      'Name at least one type of event; WEBHOOK_TEST is sent when asked for, and cannot be subscribed to.';
    problems.push(say('BAD_EVENT_TYPES', ['input', 'eventTypes'], message));
  }
  return problems;
}

/** The columns that a wish without problems changes. */
export const wishedFor = ({ url, description, eventTypes }: EndpointWish) =>
  ({
    ...(url == null ? {} : { url: new URL(url).href }),
    ...(description == null ? {} : { description: description.trim().toWellFormed() }),
    ...(eventTypes ? { eventTypes: [...new Set(eventTypes)].filter(isPartnerEvent) } : {}),
  }) as { url: string; description: string; eventTypes: PartnerEventType[] };
