import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from './audit-graph.ts';
import { faultOf } from './recompute.ts';

const text = JSON.stringify([
  '0'.repeat(64),
  1,
  '5f0c7c9e-6f0b-4c43-9d8e-0a8f1f6f1a11',
  '2026-11-21T08:00:00.000Z',
  '2026-11-21T08:00:00.100Z',
  'internal:inventory',
  null,
  null,
  'request-1',
  'buffer.set',
  'StockBuffer',
  'GLOBAL',
  { quantity: '5.000' },
  null,
]);

const entry: AuditEntry = {
  seq: 1,
  id: '5f0c7c9e-6f0b-4c43-9d8e-0a8f1f6f1a11',
  occurredAt: '2026-11-21T08:00:00.000Z',
  recordedAt: '2026-11-21T08:00:00.100Z',
  actor: { kind: 'INTERNAL', id: 'inventory', user: null },
  ip: null,
  userAgent: null,
  requestId: 'request-1',
  action: 'buffer.set',
  subject: { type: 'StockBuffer', id: 'GLOBAL' },
  before: { quantity: '5.000' },
  after: null,
  hash: createHash('sha256').update(text).digest('hex'),
  previousHash: '0'.repeat(64),
  hashedText: text,
};

describe('an entry reckoned here', () => {
  it('is what its hash vouches for', () => {
    expect(faultOf(entry)).toBeUndefined();
  });

  it.each([
    ['another hash', { hash: 'f'.repeat(64) }, 'its hash is not that of its text'],
    ['another text', { hashedText: text.replace('GLOBAL', 'global') }, 'its hash is not that of its text'],
    ['no text', { hashedText: null }, 'its hash is not that of its text'],
    [
      'another actor than its text',
      { actor: { ...entry.actor, id: 'catalog' } },
      'its text says other things than it shows',
    ],
    ['another value than its text', { before: { quantity: '6.000' } }, 'its text says other things than it shows'],
    ['another place than its text', { seq: 2 }, 'its text says other things than it shows'],
  ])('is not, with %s', (_what, change, fault) => {
    expect(faultOf({ ...entry, ...change })).toBe(fault);
  });
});
