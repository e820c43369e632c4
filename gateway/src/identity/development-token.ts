import { randomBytes } from 'node:crypto';
import type { DevelopmentSecrets } from '@gastronom/shared/secrets';
import { importPKCS8, SignJWT } from 'jose';

export const developmentIssuer = 'https://clerk.gastronom.localhost';
export const developmentParty = 'http://localhost:4000';

export interface DemoOrganization {
  readonly clerkOrganizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly type: 'RESTAURANT' | 'SUPPLIER';
}

export interface Demo {
  readonly clerkUserId: string;
  readonly name: string;
  readonly email: string;
  /** Their own; one who acts for an organisation has its role. */
  readonly role: 'CUSTOMER' | 'STAFF' | 'ADMIN';
  /** What their tokens name, and they are an admin of. */
  readonly organization?: DemoOrganization;
}

/** The people of a development installation, by what they may do. */
export const demoPeople = {
  customer: {
    clerkUserId: 'user_demo_customer',
    name: 'Katya Customer',
    email: 'customer@gastronom.localhost',
    role: 'CUSTOMER',
  },
  restaurant: {
    clerkUserId: 'user_demo_restaurant',
    name: 'Roma Restaurant',
    email: 'restaurant@gastronom.localhost',
    role: 'CUSTOMER',
    organization: {
      clerkOrganizationId: 'org_demo_restaurant',
      slug: 'demo-bistro',
      name: 'Demo Bistro',
      type: 'RESTAURANT',
    },
  },
  supplier: {
    clerkUserId: 'user_demo_supplier',
    name: 'Sveta Supplier',
    email: 'supplier@gastronom.localhost',
    role: 'CUSTOMER',
    organization: {
      clerkOrganizationId: 'org_demo_supplier',
      slug: 'demo-dairy',
      name: 'Demo Dairy',
      type: 'SUPPLIER',
    },
  },
  staff: { clerkUserId: 'user_demo_staff', name: 'Stepan Staff', email: 'staff@gastronom.localhost', role: 'STAFF' },
  admin: { clerkUserId: 'user_demo_admin', name: 'Alla Admin', email: 'admin@gastronom.localhost', role: 'ADMIN' },
} as const satisfies Record<string, Demo>;

export type DemoPerson = keyof typeof demoPeople;

export const demoPersons = Object.keys(demoPeople) as DemoPerson[];

export const demoOf = (person: DemoPerson): Demo => demoPeople[person];

/** A demo person's session token. */
export const developmentToken = (
  secrets: DevelopmentSecrets,
  person: DemoPerson,
  lifetimeSeconds: number,
): Promise<string> => signDevelopmentToken(secrets, demoOf(person), lifetimeSeconds);

/** A session token of the form that Clerk's have (RS256), signed with the development key. */
export async function signDevelopmentToken(
  secrets: DevelopmentSecrets,
  { clerkUserId, name, email, organization }: Omit<Demo, 'role'>,
  lifetimeSeconds: number,
): Promise<string> {
  const key = await importPKCS8(secrets.developmentKey.privateKey, 'RS256');
  return new SignJWT({
    azp: developmentParty,
    sid: `sess_${randomBytes(8).toString('hex')}`,
    sts: 'active',
    v: 2,
    name,
    email,
    email_verified: true,
    ...(organization ? { o: { id: organization.clerkOrganizationId, rol: 'admin', slg: organization.slug } } : {}),
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ins_development' })
    .setSubject(clerkUserId)
    .setIssuer(developmentIssuer)
    .setIssuedAt()
    .setNotBefore('-10s')
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(key);
}
