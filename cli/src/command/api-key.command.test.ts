import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

let graph: TestGraph;
let manage: Manage;

beforeAll(async () => {
  graph = await startTestGraph();
  manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });
});

afterAll(() => graph.stop());

const statusWith = async (credential: string) => (await graph.query('{ __typename }', {}, credential)).status;

describe('manage token', () => {
  it.each(['customer', 'staff', 'admin'])('prints a token of the %s and nothing else', async (role) => {
    const { code, stdout, stderr } = await manage('token', '--role', role, '--ttl', '10m');

    expect({ code, stderr }).toEqual({ code: ExitCode.ok, stderr: '' });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { data } = await graph.query('{ me { role } }', {}, stdout.trim());
    expect(data.me).toEqual({ role: role.toUpperCase() });
  });

  it('refuses in production, and wants to know whose token', async () => {
    const manageLive = manageWith({ ENVIRONMENT: 'production', DATA_DIR: graph.settings.DATA_DIR });

    const live = await manageLive('token', '--role', 'admin');
    const nobody = await manage('token');

    expect(live).toMatchObject({ code: ExitCode.usage, stdout: '' });
    expect(live.stderr).toContain('tokens are signed here in development only');
    expect(nobody).toMatchObject({ code: ExitCode.usage, stdout: '' });
  });
});

describe('manage api-key', () => {
  it('makes a key and prints nothing but it, lists it, and revokes it', async () => {
    const made = await manage('api-key', 'create', '--name', 'scraper', '--scope', 'sync:write', '--ttl', '90d');
    const key = made.stdout.trim();
    const worked = await statusWith(key);
    const listed = await manage('api-key', 'list', '--json');
    const [record] = JSON.parse(listed.stdout);
    const revoked = await manage('api-key', 'revoke', record.id);
    const table = await manage('api-key', 'list');

    expect(made).toMatchObject({ code: ExitCode.ok, stderr: '' });
    expect(made.stdout).toMatch(/^gk_[0-9a-f]{8}_[\w-]{43}\n$/);
    expect(worked).toBe(200);
    expect(record).toMatchObject({ name: 'scraper', scopes: ['sync:write'], revokedAt: null });
    expect(listed.stdout).not.toContain(key);
    expect(revoked.stdout).toContain('scraper');
    expect(table.stdout).toMatch(/scraper +sync:write .* revoked /);
  });

  it('rotates a key: prints the new one alone, says when the old one stops, and lists what works', async () => {
    const old = (await manage('api-key', 'create', '--name', 'till', '--scope', 'sync:write')).stdout.trim();
    const idOf = async (name: string) => {
      const { stdout } = await manage('api-key', 'list', '--active', '--json');
      return JSON.parse(stdout).find((key: { name: string }) => key.name === name).id as string;
    };
    const id = await idOf('till');

    const rotated = await manage('api-key', 'rotate', id, '--overlap', '30m', '--ttl', '90d');
    const both = [await statusWith(old), await statusWith(rotated.stdout.trim())];
    const table = await manage('api-key', 'list');
    const again = await manage('api-key', 'rotate', id);
    const atOnce = await manage('api-key', 'rotate', await idOf('till'), '--overlap', '0');

    expect(rotated.stdout).toMatch(/^gk_[0-9a-f]{8}_[\w-]{43}\n$/);
    expect(rotated.stderr).toMatch(/^till \(gk_[0-9a-f]{8}…\) works until \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/);
    expect(both).toEqual([200, 200]);
    expect(table.stdout).toMatch(/till +sync:write .* replaced, works until /);
    expect(again).toMatchObject({ code: ExitCode.failed, stdout: '' });
    expect(again.stderr).toBe('The key has a successor already: rotate that one.\n');
    expect(atOnce.stderr).toContain('no longer works');
    expect(await statusWith(rotated.stdout.trim())).toBe(401);
    expect(await statusWith(atOnce.stdout.trim())).toBe(200);
  });

  it('tells in one line what is wrong', async () => {
    const scope = await manage('api-key', 'create', '--name', 'x', '--scope', 'all');
    const id = await manage('api-key', 'revoke', 'nobody');
    const stranger = await manage('api-key', 'list', '--token', graph.tokens.customer);

    expect(scope).toMatchObject({
      code: ExitCode.failed,
      stdout: '',
      stderr: 'Scopes are sync:write, offers:write: all is none.\n',
    });
    expect(id).toMatchObject({ code: ExitCode.failed, stdout: '', stderr: 'There is no such key.\n' });
    expect(stranger).toMatchObject({ code: ExitCode.failed, stdout: '' });
  });
});
