import { developmentSecrets } from '@gastronom/shared/secrets';
import type { TestDatabase } from '@gastronom/shared/testing/test-database';
import { importPKCS8, SignJWT } from 'jose';
import { developmentIssuer, developmentParty } from '../../src/identity/development-token.ts';

/** People and organisations that are none of one another's business. Each row says in its text whose it is. */
export const marked = (owner: string): string => `zz-${owner}-zz`;

interface Person {
  readonly role: 'CUSTOMER' | 'STAFF' | 'ADMIN';
  readonly organization?: 'bistro' | 'diner' | 'dairy';
  readonly memberRole?: 'ADMIN' | 'MEMBER';
}

export const people = {
  karl: { role: 'CUSTOMER' },
  kira: { role: 'CUSTOMER' },
  anna: { role: 'CUSTOMER', organization: 'bistro', memberRole: 'ADMIN' },
  arno: { role: 'CUSTOMER', organization: 'bistro', memberRole: 'MEMBER' },
  boris: { role: 'CUSTOMER', organization: 'diner', memberRole: 'ADMIN' },
  bella: { role: 'CUSTOMER', organization: 'diner', memberRole: 'MEMBER' },
  sveta: { role: 'CUSTOMER', organization: 'dairy', memberRole: 'ADMIN' },
  stepan: { role: 'STAFF' },
  alla: { role: 'ADMIN' },
} as const satisfies Record<string, Person>;
export type PersonName = keyof typeof people;
export type Caller = PersonName | 'machine' | 'nobody';

const organizations = { bistro: 'RESTAURANT', diner: 'RESTAURANT', dairy: 'SUPPLIER' } as const;

const names = Object.keys(people) as PersonName[];
const shop: readonly Caller[] = ['stepan', 'alla'];
const membersOf = (organization: string) =>
  names.filter((name) => (people[name] as Person).organization === organization);
const adminsOf = (organization: string | undefined) =>
  names.filter((name) => {
    const person: Person = people[name];
    return organization !== undefined && person.organization === organization && person.memberRole === 'ADMIN';
  });

const restaurants = [...membersOf('bistro'), ...membersOf('diner')];

/** Who may read each mark. What stands nowhere is for nobody. */
export const readers: Readonly<Record<string, readonly Caller[]>> = {
  ...Object.fromEntries(
    names.flatMap((name): [string, readonly Caller[]][] => {
      const { organization }: Person = people[name];
      return [
        [marked(`name-${name}`), [name, ...shop, ...(organization ? membersOf(organization) : [])]],
        [marked(`mail-${name}`), [name, ...shop, ...adminsOf(organization)]],
      ];
    }),
  ),
  ...Object.fromEntries(
    Object.keys(organizations).flatMap((name): [string, readonly Caller[]][] => [
      [marked(`org-${name}`), [...shop, ...membersOf(name)]],
      [marked(`invited-${name}`), [...shop, ...adminsOf(name)]],
    ]),
  ),
  [marked('favourite-karl')]: ['karl'],
  [marked('favourite-kira')]: ['kira'],
  [marked('key')]: ['alla'],
  [marked('audit')]: ['alla'],
  [marked('warehouse')]: shop,
  [marked('run')]: [...shop, 'machine'],
  // Who sells to them knows who they are.
  [marked('org-bistro')]: [...shop, ...membersOf('bistro'), 'sveta'],
  [marked('offer')]: [...restaurants, 'sveta', ...shop],
  [marked('price-diner')]: [...membersOf('diner'), 'sveta', 'alla'],
  // The audit log tells who set it.
  [marked('limit-diner')]: [...membersOf('diner'), 'alla'],
  [marked('par-diner')]: membersOf('diner'),
  // The house delivers to the diner and to kira, sveta to the bistro.
  [marked('order-diner')]: [...membersOf('diner'), ...shop],
  [marked('order-kira')]: ['kira', ...shop],
  [marked('order-bistro')]: [...membersOf('bistro'), 'sveta', ...shop],
  [marked('cart-diner')]: membersOf('diner'),
  [marked('cart-kira')]: ['kira'],
  [marked('cart-bistro')]: membersOf('bistro'),
  [marked('hook-diner')]: ['boris', 'alla'],
  [marked('hook-bistro')]: ['anna', 'alla'],
  [marked('hook-dairy')]: ['sveta', 'alla'],
  [marked('channel-kira')]: ['kira'],
  [marked('channel-karl')]: ['karl'],
  [marked('channel-boris')]: ['boris'],
  // Admins see what anybody watches.
  ...Object.fromEntries(['karl', 'kira', 'boris'].map((name) => [marked(`watched-${name}`), [name as Caller, 'alla']])),
};

/** Moments at which favourites were marked: they have no text. */
export const favouriteMoments = { karl: '2001-01-01T01:01:01.001Z', kira: '2002-02-02T02:02:02.002Z' } as const;

/** Numbers that tell of the diner, or of what restaurants pay. */
export const marketplaceSums = { list: '3131.31', diner: '4242.42', limit: '5151.51', par: '61.616' } as const;

const numberMarks: readonly (readonly [string, string])[] = [
  [marketplaceSums.list, marked('offer')],
  [marketplaceSums.diner, marked('price-diner')],
  [marketplaceSums.limit, marked('limit-diner')],
  [marketplaceSums.par, marked('par-diner')],
];

/** Whose marks an answer shows. */
export function marksIn(answer: string): string[] {
  let text = answer;
  for (const [name, moment] of Object.entries(favouriteMoments))
    text = text.replaceAll(moment, marked(`favourite-${name}`));
  for (const [number, mark] of numberMarks) text = text.replaceAll(number, mark);
  return [...new Set(text.match(/zz-[a-z-]+-zz/g))];
}

const colleaguesOf = (caller: Caller): readonly Caller[] => {
  const organization = caller in people ? (people[caller as PersonName] as Person).organization : undefined;
  return organization ? membersOf(organization) : [];
};

/**
 * Those of them that its reader should not see.
 * @param promoted whether colleagues may have made the reader an ADMIN meanwhile.
 */
export function strangeMarks(caller: Caller, answer: string, promoted = false): string[] {
  const those = [caller, ...(promoted ? colleaguesOf(caller) : [])];
  return marksIn(answer).filter((mark) => !those.some((one) => readers[mark]?.includes(one)));
}

/** Their rows, as the database's owner writes them. */
export async function settleNeighbours(database: TestDatabase): Promise<void> {
  for (const [name, { role }] of Object.entries(people)) {
    await database.query('INSERT INTO accounts.users (clerk_user_id, name, email, role) VALUES ($1, $2, $3, $4)', [
      `user_${marked(`clerk-${name}`)}`,
      marked(`name-${name}`),
      `${marked(`mail-${name}`)}@example.com`,
      role,
    ]);
  }
  for (const [name, type] of Object.entries(organizations)) {
    await database.query(
      'INSERT INTO accounts.organizations (clerk_organization_id, type, name, slug) VALUES ($1, $2, $3, $3)',
      [`org_${name}`, type, marked(`org-${name}`)],
    );
    await database.query(
      `INSERT INTO accounts.invitations (organization_id, email, role, status)
       SELECT id, $2, 'MEMBER', 'PENDING' FROM accounts.organizations WHERE clerk_organization_id = $1`,
      [`org_${name}`, `${marked(`invited-${name}`)}@example.com`],
    );
  }
  for (const [name, person] of Object.entries(people) as [string, Person][]) {
    await database.query(
      `INSERT INTO accounts.memberships (user_id, organization_id, role)
       SELECT u.id, o.id, $3 FROM accounts.users u, accounts.organizations o
       WHERE u.clerk_user_id = $1 AND o.clerk_organization_id = $2`,
      [`user_${marked(`clerk-${name}`)}`, `org_${person.organization}`, person.memberRole ?? 'MEMBER'],
    );
  }
  await database.query(
    `INSERT INTO accounts.audit_entries (id, occurred_at, actor, request_id, action, subject_type, subject_id)
     VALUES (gen_random_uuid(), now(), 'internal:test', $1, 'test.done', 'Test', '1')`,
    [marked('audit')],
  );
}

/** A session token as Clerk would give the person, acting for their organisation. */
export async function tokenOf(name: PersonName, dataDir: string): Promise<string> {
  const { organization, memberRole }: Person = people[name];
  const key = await importPKCS8(developmentSecrets(dataDir).developmentKey.privateKey, 'RS256');
  const acting = organization ? { o: { id: `org_${organization}`, rol: (memberRole ?? '').toLowerCase() } } : {};
  return new SignJWT({
    azp: developmentParty,
    sid: `sess_${marked(`session-${name}`)}`,
    sts: 'active',
    v: 2,
    ...acting,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ins_development' })
    .setSubject(`user_${marked(`clerk-${name}`)}`)
    .setIssuer(developmentIssuer)
    .setIssuedAt()
    .setExpirationTime('3h')
    .sign(key);
}
