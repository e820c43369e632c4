import { signedInAuthObject } from '@clerk/backend/internal';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { organizationOf } from './organization-claims.ts';

describe('the organisation of a session token', () => {
  it.each([
    ['3', ['org:invoices:read', 'org:invoices:manage']],
    ['1', ['org:invoices:read']],
    ['2', ['org:invoices:manage']],
    ['0', []],
    ['', []],
    ['nonsense', []],
    ['-1', []],
    ['9'.repeat(400), []],
  ])('reads the permissions of a feature from the bits of %s', (fpm, permissions) => {
    const claims = { v: 2, fea: 'u:beta,o:invoices', o: { id: 'org_1', rol: 'member', per: 'read,manage', fpm } };

    expect(organizationOf(claims)).toEqual({ id: 'org_1', slug: undefined, role: 'org:member', permissions });
  });

  it('reads version 1 as it stands, and takes none from a version that the token is not of', () => {
    const old = { org_id: 'org_1', org_role: 'org:admin', org_slug: 'kitchen', org_permissions: ['org:a:read'] };

    expect(organizationOf(old)).toEqual({
      id: 'org_1',
      slug: 'kitchen',
      role: 'org:admin',
      permissions: ['org:a:read'],
    });
    expect(organizationOf({ v: 2, ...old })).toBeUndefined();
    expect(organizationOf({ o: { id: 'org_1' } })).toBeUndefined();
    expect(organizationOf({})).toBeUndefined();
  });

  it('reads whatever Clerk packs into version 2 as Clerk’s own library does', () => {
    const name = fc.stringMatching(/^[a-z][a-z_]{0,11}$/);
    const organization = fc
      .record({
        slugs: fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
        scopes: fc.array(fc.constantFrom('o', 'u', 'uo', 'ou'), { minLength: 5, maxLength: 5 }),
        permissions: fc.uniqueArray(name, { minLength: 1, maxLength: 40 }),
        masks: fc.array(fc.bigInt({ min: 0n, max: 2n ** 40n }), { minLength: 1, maxLength: 6 }),
      })
      .map(({ slugs, scopes, permissions, masks }) => ({
        fea: slugs.map((slug, index) => `${scopes[index]}:${slug}`).join(','),
        o: { id: 'org_1', rol: 'cook', slg: 'kitchen', per: permissions.join(','), fpm: masks.join(',') },
      }));

    fc.assert(
      fc.property(organization, ({ fea, o }) => {
        const claims = { v: 2 as const, fea, o, sid: 'sess_1', sub: 'user_1', iss: '', exp: 0, iat: 0, nbf: 0 };
        const theirs = signedInAuthObject({}, 'token', { ...claims, __raw: '' } as never);

        expect(organizationOf(claims)).toEqual({
          id: theirs.orgId,
          slug: theirs.orgSlug,
          role: theirs.orgRole,
          permissions: theirs.orgPermissions,
        });
      }),
      { numRuns: 300 },
    );
  });
});
