import { randomBytes } from 'node:crypto';
import type { DevelopmentSecrets } from '@gastronom/shared/secrets';
import { importPKCS8, SignJWT } from 'jose';

export const developmentIssuer = 'https://clerk.gastronom.localhost';
export const developmentParty = 'http://localhost:4000';

/** The people of a development installation, by their Clerk ids. */
export const demoPeople = {
  customer: {
    clerkUserId: 'user_demo_customer',
    name: 'Katya Customer',
    email: 'customer@gastronom.localhost',
    role: 'CUSTOMER',
  },
  staff: { clerkUserId: 'user_demo_staff', name: 'Stepan Staff', email: 'staff@gastronom.localhost', role: 'STAFF' },
  admin: { clerkUserId: 'user_demo_admin', name: 'Alla Admin', email: 'admin@gastronom.localhost', role: 'ADMIN' },
} as const;

export type DemoPerson = keyof typeof demoPeople;

/** A session token of the form that Clerk's have (RS256), signed with the development key. */
export async function developmentToken(
  secrets: DevelopmentSecrets,
  person: DemoPerson,
  lifetimeSeconds: number,
): Promise<string> {
  const key = await importPKCS8(secrets.developmentKey.privateKey, 'RS256');
  const { clerkUserId, name, email } = demoPeople[person];
  return new SignJWT({
    azp: developmentParty,
    sid: `sess_${randomBytes(8).toString('hex')}`,
    sts: 'active',
    v: 2,
    name,
    email,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ins_development' })
    .setSubject(clerkUserId)
    .setIssuer(developmentIssuer)
    .setIssuedAt()
    .setNotBefore('-10s')
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(key);
}
