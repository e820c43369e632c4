import { createHash } from 'node:crypto';
import { recordAuditJob } from '@gastronom/shared/audit';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';
import { auditLogOf } from './testing/audit-log.ts';

const entries = `query ($filter: AuditLogFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes {
      seq id occurredAt recordedAt actor { kind id user { name } serviceKey { name } } ip userAgent requestId action
      subject { type id } before after hash previousHash hashedText
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

let subgraph: TestSubgraph;
let log: ReturnType<typeof auditLogOf>;
beforeAll(async () => {
  subgraph = await createTestSubgraph(accounts, { works: true });
  log = auditLogOf(subgraph);
});
afterAll(() => subgraph.close());

const read = async (variables: Record<string, unknown> = {}) =>
  (await subgraph.execute(entries, variables, viewers.admin)).data.auditLog;

/** The seqs of the entries that a filter lets through, newest first. */
const seqsOf = async (filter: Record<string, unknown>): Promise<number[]> =>
  (await read({ filter })).nodes.map(({ seq }: { seq: number }) => seq);

describe('the audit log', () => {
  it('keeps who did what, on what, from where, with what was before and is after', async () => {
    await log.record();
    await log.until(1);

    const [entry] = (await read()).nodes;
    expect(entry).toMatchObject({
      seq: 1,
      actor: { kind: 'USER', id: viewers.staff.userId, user: null, serviceKey: null },
      ip: '203.0.113.7',
      userAgent: 'Till/2.1',
      requestId: 'request-1',
      action: 'buffer.set',
      subject: { type: 'StockBuffer', id: 'PRODUCT:0001' },
      before: { quantity: '5.000' },
      after: { quantity: '7.000' },
      previousHash: '0'.repeat(64),
    });
    expect(Date.parse(entry.recordedAt)).toBeGreaterThanOrEqual(Date.parse(entry.occurredAt));
  });

  it('chains each entry to the one before by a hash over all that it says', async () => {
    await log.record({ action: 'chain.second' });
    await log.until(2);

    const [second, first] = (await read()).nodes;
    const said = JSON.parse(second.hashedText);
    expect(second.hash).toBe(createHash('sha256').update(second.hashedText).digest('hex'));
    expect(second.previousHash).toBe(first.hash);
    expect(said).toEqual([
      first.hash,
      2,
      second.id,
      second.occurredAt,
      second.recordedAt,
      `user:${viewers.staff.userId}`,
      second.ip,
      second.userAgent,
      second.requestId,
      'chain.second',
      second.subject.type,
      second.subject.id,
      second.before,
      second.after,
    ]);
  });

  it('writes an act once that is delivered twice, alone or among others, and leaves no gap', async () => {
    const record = (id: string) => ({
      id,
      occurredAt: new Date().toISOString(),
      actor: 'internal:test',
      client: null,
      requestId: 'twice',
      action: 'twice.told',
      subject: { type: 'Test', id: '1' },
      before: null,
      after: null,
    });
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const before = await log.countEntries();
    const { manager } = subgraph.dataSource;

    for (const id of [one, one, other, one]) await subgraph.jobs.send(manager, recordAuditJob, record(id));
    await log.until(before + 2);
    await subgraph.jobs.send(manager, recordAuditJob, record(other));
    await log.record({ action: 'twice.end' });
    await log.until(before + 3);

    const twice = (await read({ filter: { action: 'twice.told' } })).nodes;
    expect(twice.map(({ id }: { id: string }) => id).toSorted()).toEqual([one, other].toSorted());
    expect((await seqsOf({}))[0]).toBe(before + 3);
  });

  it('takes no entry from a transaction that is rolled back', async () => {
    const before = await log.countEntries();

    await subgraph.dataSource
      .transaction(async (manager) => {
        await auditLogOf({ ...subgraph, dataSource: { ...subgraph.dataSource, manager } as never }).record();
        throw new Error('the till jammed');
      })
      .catch(() => undefined);
    await log.record({ action: 'rollback.end' });
    await log.until(before + 1);

    expect(await seqsOf({ action: 'rollback.end' })).toEqual([before + 1]);
  });

  it('keeps what PostgreSQL cannot hold without it, and cuts endless user agents', async () => {
    const before = await log.countEntries();

    await log.record(
      { action: 'torn.text', after: { name: 'a\0b\ud800', at: new Date(0) } },
      { client: { ip: '::1', userAgent: 'x'.repeat(5_000) } },
    );
    await log.until(before + 1);

    const [entry] = (await read({ filter: { action: 'torn.text' } })).nodes;
    expect(entry.after).toEqual({ name: 'ab\ufffd', at: '1970-01-01T00:00:00.000Z' });
    expect(entry.userAgent).toHaveLength(500);
  });

  it('appends what many tell at once, one after another', async () => {
    const before = await log.countEntries();

    await Promise.all(Array.from({ length: 300 }, (_, i) => log.record({ subject: { type: 'Crowd', id: String(i) } })));
    await log.until(before + 300);

    const { data } = await subgraph.execute(
      '{ auditVerification { valid checked head { seq } problem { seq } } }',
      {},
      viewers.admin,
    );
    expect(data.auditVerification).toEqual({
      valid: true,
      checked: before + 300,
      head: { seq: before + 300 },
      problem: null,
    });
  });
});

describe('the role of accounts', () => {
  it.each([
    'UPDATE audit_entries SET actor = actor',
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
    'ALTER TABLE audit_entries DISABLE TRIGGER ALL',
    'DROP TRIGGER chain_audit_entry ON audit_entries',
    'DROP TABLE audit_entries',
    'UPDATE audit_head SET seq = 0',
    'DELETE FROM audit_head',
    'INSERT INTO audit_head (is_only, seq, hash) VALUES (true, 0, $$x$$)',
    `INSERT INTO audit_entries (seq, id, occurred_at, actor, request_id, action, subject_type, subject_id)
     VALUES (9, gen_random_uuid(), now(), 'a', 'r', 'a', 't', 'i')`,
    `INSERT INTO audit_entries (id, occurred_at, actor, request_id, action, subject_type, subject_id, hash)
     VALUES (gen_random_uuid(), now(), 'a', 'r', 'a', 't', 'i', $$x$$)`,
    `INSERT INTO audit_entries (id, occurred_at, actor, request_id, action, subject_type, subject_id)
     SELECT id, now(), 'a', 'r', 'a', 't', 'i' FROM audit_entries LIMIT 1 ON CONFLICT (id) DO UPDATE SET actor = 'b'`,
    'SET session_replication_role = replica',
    'CREATE TRIGGER mine BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION chain_audit_entry()',
    `CREATE TEMPORARY TABLE mine (seq bigint);
     CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION chain_audit_entry()`,
    'CREATE OR REPLACE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
  ])('may not run %s', async (sql) => {
    const state = () =>
      subgraph.ownerQuery('SELECT md5(array_agg(e)::text), count(*) FROM accounts.audit_entries AS e');
    const before = await state();

    await expect(subgraph.dataSource.query(sql)).rejects.toThrow(/permission denied|must be owner/);

    expect(await state()).toEqual(before);
  });

  it('is not passed by a table of the same name in its own temporary schema', async () => {
    const runner = subgraph.dataSource.createQueryRunner();
    await runner.query('CREATE TEMPORARY TABLE audit_head (is_only boolean, seq bigint, hash bytea)');
    await runner.query(`INSERT INTO pg_temp.audit_head VALUES (true, 70000, decode('00', 'hex'))`);
    const before = await log.countEntries();

    await runner.query(
      `INSERT INTO audit_entries (id, occurred_at, actor, request_id, action, subject_type, subject_id)
       VALUES (gen_random_uuid(), now(), 'a', 'r', 'temporary', 't', 'i')`,
    );
    await runner.query('DROP TABLE pg_temp.audit_head');
    await runner.release();

    expect(await seqsOf({ action: 'temporary' })).toEqual([before + 1]);
  });
});

describe('a list of the log', () => {
  it('is filtered by each of its filters, and by several together', async () => {
    const start = await log.countEntries();
    const key = { viewer: viewers.service };
    await log.record({ action: 'filter.one', subject: { type: 'FilterA', id: '1' } });
    await log.until(start + 1);
    await log.record({ action: 'filter.two', subject: { type: 'FilterA', id: 'two' } }, key);
    await log.until(start + 2);
    await log.record(
      { action: 'filter.two', subject: { type: 'FilterB', id: 'two' } },
      { client: { ip: '192.0.2.9' } },
    );
    await log.until(start + 3);
    const [third, second] = (await read({ first: 2 })).nodes;

    expect(await seqsOf({ action: 'filter.two' })).toEqual([start + 3, start + 2]);
    expect(await seqsOf({ actor: `key:${viewers.service.keyId}` })).toEqual([start + 2]);
    expect(await seqsOf({ subjectType: 'FilterA' })).toEqual([start + 2, start + 1]);
    expect(await seqsOf({ subjectType: 'FilterA', subjectId: 'two' })).toEqual([start + 2]);
    expect(await seqsOf({ subjectId: 'two' })).toEqual([start + 3, start + 2]);
    expect(await seqsOf({ ip: '192.0.2.9' })).toEqual([start + 3]);
    expect(await seqsOf({ from: second.occurredAt, action: 'filter.two' })).toEqual([start + 3, start + 2]);
    expect(await seqsOf({ from: second.occurredAt, to: third.occurredAt })).toEqual([start + 2]);
    expect(await seqsOf({ from: '2999-01-01T00:00:00Z' })).toEqual([]);
  });

  it('is refused a filter that PostgreSQL cannot read', async () => {
    const { errors } = await subgraph.execute(entries, { filter: { actor: 'user:\0' } }, viewers.admin);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('is read in pages to its end, one statement each, counted only when asked, names each person by one more', async () => {
    const all = await seqsOf({ subjectType: 'Crowd' });
    const filter = { subjectType: 'Crowd' };
    const first = await read({ filter, first: 100 });
    const second = await read({ filter, first: 100, after: first.pageInfo.endCursor });
    const ofOther = await subgraph.execute(entries, { after: first.pageInfo.endCursor }, viewers.admin);
    subgraph.statements();
    const plain = '{ auditLog(first: 100) { nodes { id actor { kind } } } }';
    await subgraph.execute(plain, {}, viewers.admin);
    const statements = subgraph.statements().length;
    await subgraph.execute(
      '{ auditLog(first: 100) { totalCount nodes { actor { user { id } } } } }',
      {},
      viewers.admin,
    );

    expect(all).toHaveLength(20);
    expect(first.nodes.concat(second.nodes).map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: 200 }, (_, i) => (all[0] ?? 0) - i),
    );
    expect(ofOther.errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
    expect(statements).toBe(1);
    expect(subgraph.statements()).toHaveLength(3);
  });
});

describe.each(['anonymous', 'customer', 'staff', 'service', 'internal'] as const)('for %s the log', (name) => {
  it.each(['auditLog { nodes { id } }', 'auditEntry(seq: 1) { id }', 'auditVerification { valid }'])(
    'is closed: %s',
    async (field) => {
      const { data, errors } = await subgraph.execute(`{ ${field} }`, {}, viewers[name]);

      expect(Object.values(data ?? { none: null })).toEqual([null]);
      expect(errors?.[0]?.extensions?.code).toBe(name === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    },
  );
});
