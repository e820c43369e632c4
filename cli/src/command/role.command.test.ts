import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../exit-code.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

describe('manage role', () => {
  let database: TestDatabase;
  let manage: Manage;
  beforeAll(async () => {
    database = await createTestDatabase();
    manage = manageWith({ DATABASE_URL: database.ownerUrl, INTERNAL_SECRET: database.secret });
    await database.query(
      `INSERT INTO accounts.users (clerk_user_id, name, email, role) VALUES
       ('user_alla', 'Alla', 'alla@example.com', 'CUSTOMER'), ('user_boris', 'Boris', 'Boris@example.com', 'CUSTOMER'),
       ('user_twin', 'Twin', 'boris2@example.com', 'CUSTOMER'), ('user_twin2', 'Twin', 'boris2@example.com', 'CUSTOMER')`,
    );
  });
  afterAll(() => database.drop());

  const roleOf = async (clerkUserId: string) =>
    (
      await database.query<{ role: string }>('SELECT role FROM accounts.users WHERE clerk_user_id = $1', [clerkUserId])
    )[0]?.role;

  it('makes the first admin, by Clerk’s id or by e-mail, and tells the audit log', async () => {
    const first = await manage('role', 'set', '--clerk-user', 'user_alla', '--role', 'ADMIN');
    const second = await manage('role', 'set', '--email', 'boris@EXAMPLE.com', '--role', 'STAFF');

    expect(first).toEqual({ code: ExitCode.ok, stdout: 'Alla has the role ADMIN\n', stderr: '' });
    expect(second).toEqual({ code: ExitCode.ok, stdout: 'Boris has the role STAFF\n', stderr: '' });
    expect([await roleOf('user_alla'), await roleOf('user_boris')]).toEqual(['ADMIN', 'STAFF']);
    const jobs = await database.query(
      `SELECT data->>'actor' AS actor, data->>'action' AS action, data->'after' AS after FROM jobs.job
       WHERE name = 'record-audit' ORDER BY created_on`,
    );
    expect(jobs).toEqual([
      { actor: 'internal:cli', action: 'user.role.set', after: { role: 'ADMIN' } },
      { actor: 'internal:cli', action: 'user.role.set', after: { role: 'STAFF' } },
    ]);
  });

  it('says in one line what is wrong, and changes nothing', async () => {
    const missing = new URL(database.ownerUrl);
    missing.pathname += '_not';
    const before = await database.query('SELECT xmin::text FROM accounts.users ORDER BY id');

    const answers = await Promise.all([
      manage('role', 'set', '--email', 'nobody@example.com', '--role', 'ADMIN'),
      manage('role', 'set', '--email', 'boris2@example.com', '--role', 'ADMIN'),
      manage('role', 'set', '--clerk-user', 'user_alla', '--role', 'CUSTOMER'),
      manage('role', 'set', '--role', 'ADMIN'),
      manageWith({ DATABASE_URL: missing.href, INTERNAL_SECRET: database.secret })(
        ...['role', 'set', '--email', 'boris@example.com', '--role', 'ADMIN'],
      ),
    ]);

    expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([
      [ExitCode.failed, 'there is no such person: they sign in once before\n'],
      [ExitCode.failed, 'Several people have this e-mail address: name one by their id.\n'],
      [ExitCode.failed, 'This is the last admin: make another person an admin first.\n'],
      [ExitCode.usage, 'name the person by --clerk-user or by --email\n'],
      [ExitCode.failed, expect.stringMatching(/^the database of DATABASE_URL cannot be reached: .+ does not exist\n$/)],
    ]);
    expect(await database.query('SELECT xmin::text FROM accounts.users ORDER BY id')).toEqual(before);
  });
});
