import type { UserViewer } from '@gastronom/shared/viewer';

const uuid = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, '0')}`;

export const restaurant = uuid('a1');
export const farm = uuid('b1');
export const dairy = uuid('b2');

const member = (end: string, type: 'RESTAURANT' | 'SUPPLIER', id: string, role: 'ADMIN' | 'MEMBER'): UserViewer => ({
  kind: 'user',
  userId: uuid(end),
  role: type,
  organization: { id, type, role },
});

/** The people of these tests. */
export const people = {
  anna: member('1', 'RESTAURANT', restaurant, 'MEMBER'),
  rival: member('2', 'RESTAURANT', uuid('a2'), 'MEMBER'),
  fiona: member('3', 'SUPPLIER', farm, 'ADMIN'),
  frank: member('4', 'SUPPLIER', farm, 'MEMBER'),
  dora: member('5', 'SUPPLIER', dairy, 'ADMIN'),
  stella: { kind: 'user', userId: uuid('6'), role: 'STAFF' },
} as const satisfies Record<string, UserViewer>;
