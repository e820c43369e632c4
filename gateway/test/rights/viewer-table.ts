import type { Viewer } from '@gastronom/shared/viewer';

const id = (end: string) => `00000000-0000-4000-8000-0000000000${end}`;

/** One viewer of each kind that a rule can tell from the others. */
export const everyViewer = {
  anonymous: { kind: 'anonymous' },
  customer: { kind: 'user', userId: id('c1'), role: 'CUSTOMER' },
  'shop member': {
    kind: 'user',
    userId: id('c2'),
    role: 'CUSTOMER',
    organization: { id: id('a1'), type: 'SHOP', role: 'MEMBER' },
  },
  'restaurant alone': { kind: 'user', userId: id('c3'), role: 'RESTAURANT' },
  restaurant: {
    kind: 'user',
    userId: id('c4'),
    role: 'RESTAURANT',
    organization: { id: id('a2'), type: 'RESTAURANT', role: 'ADMIN' },
  },
  'restaurant member': {
    kind: 'user',
    userId: id('c8'),
    role: 'RESTAURANT',
    organization: { id: id('a2'), type: 'RESTAURANT', role: 'MEMBER' },
  },
  supplier: {
    kind: 'user',
    userId: id('c5'),
    role: 'SUPPLIER',
    organization: { id: id('a3'), type: 'SUPPLIER', role: 'MEMBER' },
  },
  staff: { kind: 'user', userId: id('c6'), role: 'STAFF' },
  admin: { kind: 'user', userId: id('c7'), role: 'ADMIN' },
  'sync key': { kind: 'service', keyId: id('d1'), name: 'scraper', scopes: ['sync:write'] },
  'other key': { kind: 'service', keyId: id('d2'), name: 'partner', scopes: ['sync:writes', 'write', '*'] },
  'empty key': { kind: 'service', keyId: id('d3'), name: 'nothing', scopes: [] },
  'offers key': { kind: 'service', keyId: id('d4'), name: 'wholesaler', scopes: ['offers:write'] },
  inside: { kind: 'internal', name: 'test' },
} as const satisfies Record<string, Viewer>;

export type ViewerName = keyof typeof everyViewer;
export const viewerNames = Object.keys(everyViewer) as ViewerName[];

const shoppers = [
  ...(['customer', 'shop member', 'restaurant alone', 'restaurant', 'restaurant member'] as const),
  ...(['staff', 'admin'] as const),
];
const people = [...shoppers, 'supplier'] as const;

/**
 * What the sentences of docs/PERMISSIONS.md mean, said once more by hand: a rule that lets in others than it says is
 * found by this table, a field that got another rule by the page. A new sentence needs its line here.
 */
export const meansWhom: Readonly<Record<string, readonly ViewerName[]>> = {
  anyone: viewerNames,
  'a signed-in person': people,
  'the role STAFF or ADMIN': ['staff', 'admin'],
  'the role ADMIN': ['admin'],
  'an API key with the scope sync:write': ['sync key'],
  'a person who acts for an organization as its ADMIN, or the role STAFF or ADMIN': ['restaurant', 'staff', 'admin'],
  'the role STAFF or ADMIN, or an API key with the scope sync:write': ['staff', 'admin', 'sync key'],
  'a person who acts for an organization of the type SUPPLIER, or the role STAFF or ADMIN': [
    'supplier',
    'staff',
    'admin',
  ],
  'a person who acts for an organization of the type RESTAURANT or SUPPLIER, or the role STAFF or ADMIN': [
    'restaurant',
    'restaurant member',
    'supplier',
    'staff',
    'admin',
  ],
  'a person who acts for no organization of the type SUPPLIER': shoppers,
  'a person who acts for an organization of the type RESTAURANT as its ADMIN': ['restaurant'],
  'a person who acts for an organization of the type SUPPLIER, or the role STAFF or ADMIN, or an API key with the scope offers:write':
    ['supplier', 'staff', 'admin', 'offers key'],
  'a call from inside the product': ['inside'],
};
