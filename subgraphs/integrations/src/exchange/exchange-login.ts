import { createHash, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { IntegrationsContext } from '../context.ts';
import { isOneCSecret, oneCSecrets } from '../one-c/one-c-secrets.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ExchangeSessionEntity } from './exchange-session.entity.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';

export const cookieName = 'gastronom_exchange';

export interface Login {
  /** What 1C sends back as its cookie. Only its hash is kept. */
  readonly token: string;
  readonly session: ExchangeSessionEntity;
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What newer 1C repeats in each address. Nothing hangs on it: the cookie decides. */
export const sessionKey = ({ id }: ExchangeSessionEntity): string => `sessid=${hash(id).toString('hex', 0, 16)}`;

type Given = 'RIGHT' | 'WRONG' | 'NONE';

/** Looks at name and password. The whole pair is compared in constant time. */
function checkBasic({ settings }: IntegrationsContext, authorization: string | undefined): Given {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return 'NONE';
  const secrets = oneCSecrets(settings);
  if (secrets.length === 0) {
    throw new ExchangeFailure(
      'No password is set for the exchange: set ONE_C_WEBHOOK_SECRETS on the server, and the same password in 1C.',
      503,
    );
  }
  const pairs = secrets.map((secret) => `${settings.exchange.user}:${secret}`);
  return isOneCSecret(pairs, Buffer.from(encoded, 'base64').toString('utf8')) ? 'RIGHT' : 'WRONG';
}

function tokenOf(cookies: string | undefined): string | undefined {
  for (const cookie of (cookies ?? '').split(';')) {
    const [name, value] = cookie.split('=', 2);
    if (name?.trim() === cookieName) return value?.trim().replace(/^"(.*)"$/, '$1');
  }
  return undefined;
}

const expiry = (context: IntegrationsContext, now: Date): Date =>
  new Date(now.getTime() + context.settings.exchange.sessionMs);

/** `checkauth`: begins a session for whoever knows the password. */
export async function logIn(context: IntegrationsContext, { headers }: FastifyRequest): Promise<Login> {
  const given = checkBasic(context, headers.authorization);
  if (given === 'NONE')
    throw new ExchangeFailure('Enter user and password of the site in 1C’s exchange settings.', 401);
  if (given === 'WRONG') throw new ExchangeFailure('The user or the password is wrong.', 401);
  const token = randomBytes(24).toString('hex');
  return { token, session: await begin(context, token) };
}

/** A session; without a token only name and password lead to it. */
function begin(context: IntegrationsContext, token = randomBytes(24).toString('hex')): Promise<ExchangeSessionEntity> {
  const now = new Date();
  return new ExchangeSessionRepository(context.manager).insert(hash(token), now, expiry(context, now));
}

/** The session that a later request belongs to: that of its cookie, or for name and password alone the newest. */
export async function findSession(
  context: IntegrationsContext,
  { headers }: FastifyRequest,
): Promise<ExchangeSessionEntity> {
  const sessions = new ExchangeSessionRepository(context.manager);
  const now = new Date();
  const token = tokenOf(headers.cookie);
  if (token !== undefined) {
    const session = await sessions.touch(hash(token), now, expiry(context, now));
    if (session) return session;
    throw new ExchangeFailure('The session has expired or was never begun: begin again with mode=checkauth.', 401);
  }
  const given = checkBasic(context, headers.authorization);
  if (given === 'WRONG') throw new ExchangeFailure('The user or the password is wrong.', 401);
  if (given === 'RIGHT') return (await sessions.touchNewest(now, expiry(context, now))) ?? begin(context);
  throw new ExchangeFailure(
    'There is no session: begin with mode=checkauth, and send the cookie that it answers.',
    401,
  );
}
