import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

let graph: TestGraph;
let manage: Manage;
const folder = mkdtempSync(join(tmpdir(), 'gastronom-audit-'));
const anchor = join(folder, 'anchor');

const countEntries = async () => {
  const [row] = await graph.database.query<{ n: number }>('SELECT count(*)::int AS n FROM accounts.audit_entries');
  return row?.n ?? 0;
};

/** So many acts of the admin, each of which stands in the log when it is over. */
async function act(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    const before = await countEntries();
    await graph.query(
      'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret } }',
      { input: { name: `till ${i}`, scopes: ['sync:write'] } },
      graph.tokens.admin,
    );
    while ((await countEntries()) === before) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What nobody but a superuser can do. */
const tamper = (sql: string) =>
  graph.database.query(
    `SET session_replication_role = replica; SET search_path = accounts; ${sql};
     RESET search_path; SET session_replication_role = origin`,
  );

beforeAll(async () => {
  graph = await startTestGraph();
  manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });
  await act(3);
});
afterAll(() => graph.stop());

describe('manage audit list', () => {
  it('lists entries, newest first, by what is asked for', async () => {
    const table = await manage('audit', 'list', '--limit', '2');
    const json = await manage('audit', 'list', '--json', '--action', 'key.create', '--from', '2020-01-01');
    const none = await manage('audit', 'list', '--json', '--to', '2020-01-01');

    expect(table).toMatchObject({ code: ExitCode.ok, stderr: '' });
    expect(table.stdout.trim().split('\n')).toHaveLength(3);
    expect(table.stdout).toMatch(/key\.create +ServiceKey [0-9a-f-]{36} +- → \{.*"till 2"/);
    expect(JSON.parse(json.stdout).map(({ seq }: { seq: number }) => seq)).toEqual([3, 2, 1]);
    expect(JSON.parse(none.stdout)).toEqual([]);
  });

  it('is for admins, and wants times that can be', async () => {
    const stranger = await manage('audit', 'list', '--token', graph.tokens.customer);
    const time = await manage('audit', 'list', '--from', 'yesterday-ish');

    expect(stranger).toMatchObject({ code: ExitCode.failed, stdout: '' });
    expect(time).toMatchObject({ code: ExitCode.usage, stdout: '' });
  });
});

describe('manage audit verify', () => {
  it('finds a log whole, remembers its end, and goes on from there', async () => {
    const first = await manage('audit', 'verify', '--anchor', anchor, '--recompute', '100');
    const remembered = JSON.parse(readFileSync(anchor, 'utf8'));
    await act(1);
    const second = await manage('audit', 'verify', '--anchor', anchor);

    expect(first).toMatchObject({ code: ExitCode.ok, stderr: '' });
    expect(first.stdout).toBe(`whole: 3 entries; 3 reckoned here; the last is 3 ${remembered.hash}\n`);
    expect(second.stdout).toMatch(/^whole: 4 entries; the last is 4 [0-9a-f]{64}\n$/);
    expect(JSON.parse(readFileSync(anchor, 'utf8')).seq).toBe(4);
  });

  it('refuses an anchor that is none', async () => {
    const file = join(folder, 'poem');
    writeFileSync(file, 'roses are red');

    const { code, stderr } = await manage('audit', 'verify', '--anchor', file);

    expect({ code, stderr }).toEqual({
      code: ExitCode.usage,
      stderr: `${file} is no anchor that this command wrote\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('roses are red');
  });

  it('tells of a log that lost its end together with its head, by the anchor alone', async () => {
    await tamper(`CREATE TABLE kept AS TABLE audit_entries; CREATE TABLE kept_head AS TABLE audit_head;
      DELETE FROM audit_entries WHERE seq = 4;
      UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entries WHERE seq = 3)`);

    const unanchored = await manage('audit', 'verify');
    const anchored = await manage('audit', 'verify', '--anchor', anchor);

    expect(unanchored.code).toBe(ExitCode.ok);
    expect(anchored).toMatchObject({ code: ExitCode.auditBroken, stdout: '' });
    expect(anchored.stderr).toContain('it has 3 entries and does not go on from the anchor of 4 entries');
    expect(JSON.parse(readFileSync(anchor, 'utf8')).seq).toBe(4);
  });

  it('tells of a log that was written anew as a whole, by the anchor alone', async () => {
    await tamper(`DELETE FROM audit_entries; UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')`);
    await graph.database.query(
      `INSERT INTO accounts.audit_entries
         (id, occurred_at, actor, request_id, action, subject_type, subject_id, before, after)
       SELECT id, occurred_at, 'internal:nobody', request_id, action, subject_type, subject_id, before, after
       FROM accounts.kept ORDER BY seq`,
    );

    const unanchored = await manage('audit', 'verify', '--recompute', '10');
    const anchored = await manage('audit', 'verify', '--anchor', anchor);
    await tamper(`DELETE FROM audit_entries; INSERT INTO audit_entries TABLE kept;
      DELETE FROM audit_head; INSERT INTO audit_head TABLE kept_head`);

    expect(unanchored.code).toBe(ExitCode.ok);
    expect(anchored).toMatchObject({ code: ExitCode.auditBroken, stdout: '' });
    expect(anchored.stderr).toContain('it was written anew');
  });

  it('tells where a log was changed, and by its exit code that it was', async () => {
    await tamper(`UPDATE audit_entries SET actor = 'internal:nobody' WHERE seq = 2`);

    const found = await manage('audit', 'verify');

    expect(found).toEqual({
      code: ExitCode.auditBroken,
      stdout: '',
      stderr: 'the audit log is not whole: entry 2 does not bear the hash of what it says\n',
    });
  });
});
