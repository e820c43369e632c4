import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts } from '../subgraph.ts';
import { auditLogOf } from './testing/audit-log.ts';

const verification = `query ($from: Int! = 1, $count: Int! = 50000) {
  auditVerification(from: $from, count: $count) { valid checked next head { seq hash } problem { seq kind } }
}`;

let subgraph: TestSubgraph;
let log: ReturnType<typeof auditLogOf>;
beforeAll(async () => {
  subgraph = await createTestSubgraph(accounts, { works: true });
  log = auditLogOf(subgraph);
});
afterAll(() => subgraph.close());

const verify = async (variables: Record<string, unknown> = {}) =>
  (await subgraph.execute(verification, variables, viewers.admin)).data.auditVerification;

describe('a check of the audit log', () => {
  it('finds an empty one whole', async () => {
    expect(await verify()).toEqual({
      valid: true,
      checked: 0,
      next: null,
      head: { seq: 0, hash: '0'.repeat(64) },
      problem: null,
    });
  });

  it('finds one whole that was appended to, in parts as in one go', async () => {
    for (let i = 1; i <= 12; i += 1) await log.record({ subject: { type: 'Good', id: String(i) } });
    await log.until(12);

    const whole = await verify();
    const part = await verify({ from: 4, count: 5 });
    const rest = await verify({ from: part.next });

    expect(whole).toMatchObject({ valid: true, checked: 12, next: null, head: { seq: 12 }, problem: null });
    expect(part).toMatchObject({ valid: true, checked: 5, next: 9 });
    expect(rest).toMatchObject({ valid: true, checked: 4, next: null });
    expect(await verify({ from: 13 })).toMatchObject({ valid: true, checked: 0, next: null });
  });

  it.each([
    [{ from: 0 }, '`from`'],
    [{ count: 0 }, '`count`'],
    [{ count: 50_001 }, '`count`'],
  ])('wants a range that can be: %j', async (variables, named) => {
    const { errors } = await subgraph.execute(verification, variables, viewers.admin);

    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringContaining(named),
    });
  });

  /** The columns that a hash is made of, without it and the two that order. */
  const said =
    'occurred_at, recorded_at, actor, ip, user_agent, request_id, action, subject_type, subject_id, before, after';
  const swap = `UPDATE audit_entries AS one SET (${said}) = (SELECT ${said} FROM audit_entries AS other
    WHERE other.seq = 9 - one.seq) WHERE seq IN (4, 5)`;
  const hashAnew = (seq: number) => `UPDATE audit_entries AS e SET hash = sha256(convert_to(jsonb_build_array(
      encode(previous_hash, 'hex'), seq, id, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), actor, ip, user_agent, request_id, action,
      subject_type, subject_id, before, after)::text, 'UTF8')) WHERE seq = ${seq}`;

  describe.each([
    ['a changed actor', `UPDATE audit_entries SET actor = 'user:boris' WHERE seq = 4`, 4, 'CHANGED'],
    ['a changed value', `UPDATE audit_entries SET after = '{"quantity": "8.000"}' WHERE seq = 4`, 4, 'CHANGED'],
    [
      'a moment a millisecond off',
      `UPDATE audit_entries SET occurred_at = occurred_at + interval '1 ms' WHERE seq = 7`,
      7,
      'CHANGED',
    ],
    ['a changed hash', `UPDATE audit_entries SET hash = sha256('x') WHERE seq = 4`, 4, 'CHANGED'],
    [
      'text moved from one column to the next',
      `UPDATE audit_entries SET subject_type = 'Goo', subject_id = 'd3' WHERE seq = 3`,
      3,
      'CHANGED',
    ],
    [
      'a change hashed anew',
      `UPDATE audit_entries SET actor = 'user:boris' WHERE seq = 4; ${hashAnew(4)}`,
      5,
      'UNLINKED',
    ],
    ['a removed entry', 'DELETE FROM audit_entries WHERE seq = 6', 6, 'MISSING'],
    ['a removed first entry', 'DELETE FROM audit_entries WHERE seq = 1', 1, 'MISSING'],
    [
      'a removed entry, the later ones moved up',
      'DELETE FROM audit_entries WHERE seq = 6; UPDATE audit_entries SET seq = seq + 100 WHERE seq > 6; UPDATE audit_entries SET seq = seq - 101 WHERE seq > 100',
      6,
      'CHANGED',
    ],
    ['two entries that changed places', swap, 4, 'CHANGED'],
    ['a lost head', 'DELETE FROM audit_head', 12, 'ADDED'],
    ['a removed tail', 'DELETE FROM audit_entries WHERE seq > 9', 10, 'CUT'],
    ['a log that is gone', 'DELETE FROM audit_entries', 1, 'CUT'],
    [
      'a changed last entry, hashed anew',
      `UPDATE audit_entries SET actor = 'user:boris' WHERE seq = 12; ${hashAnew(12)}`,
      12,
      'CHANGED',
    ],
    [
      'an entry put behind the last',
      `INSERT INTO audit_entries (seq, id, previous_hash, hash, ${said}) SELECT 13, gen_random_uuid(), hash, hash, ${said} FROM audit_entries WHERE seq = 12; ${hashAnew(13)}`,
      13,
      'ADDED',
    ],
  ])('%s', (_what, sql, seq, kind) => {
    it('shows', async () => {
      const keep = (table: string) => `CREATE TABLE accounts.kept_${table} AS TABLE accounts.${table}`;
      const restore = (table: string) =>
        `DELETE FROM accounts.${table}; INSERT INTO accounts.${table} TABLE accounts.kept_${table}; DROP TABLE accounts.kept_${table}`;
      await log.tamper(
        `${keep('audit_entries')}; ${keep('audit_head')}; SET search_path = accounts; ${sql}; RESET search_path`,
      );

      const found = await verify();
      const foundInParts = await verify({ count: seq });

      await log.tamper(`${restore('audit_entries')}; ${restore('audit_head')}`);
      expect(found).toMatchObject({ valid: false, next: null, problem: { seq, kind } });
      expect(foundInParts).toMatchObject(kind === 'ADDED' ? {} : { valid: false, problem: { seq, kind } });
      expect(await verify()).toMatchObject({ valid: true, checked: 12 });
    });
  });

  it('is not led astray by functions that were changed in the database', async () => {
    await log.tamper(`UPDATE accounts.audit_entries SET actor = 'user:boris' WHERE seq = 2;
      CREATE OR REPLACE FUNCTION accounts.chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN NEW; END $$`);

    expect(await verify()).toMatchObject({ valid: false, problem: { seq: 2, kind: 'CHANGED' } });
  });

  it('cannot be made needless by the owner without saying so first', async () => {
    for (const sql of [
      'UPDATE accounts.audit_entries SET actor = actor',
      'DELETE FROM accounts.audit_entries',
      'TRUNCATE accounts.audit_entries',
    ])
      await expect(subgraph.ownerQuery(sql)).rejects.toThrow('the audit log is appended to, and never changed');
  });
});
