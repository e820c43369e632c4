/** The organisation that a session acts for, as its token tells it. What the person may do there, our database says. */
export interface OrganizationClaims {
  /** Clerk's id, `org_…`. */
  readonly id: string;
  readonly slug: string | undefined;
  /** With Clerk's prefix, as `org:admin`. */
  readonly role: string | undefined;
  /** As `org:invoices:read`. */
  readonly permissions: readonly string[];
}

/** What tokens of both versions may say of it; see https://clerk.com/docs/guides/sessions/session-tokens */
export interface RawOrganizationClaims {
  readonly v?: number | undefined;
  readonly org_id?: string | null | undefined;
  readonly org_slug?: string | null | undefined;
  readonly org_role?: string | null | undefined;
  readonly org_permissions?: readonly string[] | null | undefined;
  readonly fea?: string | null | undefined;
  readonly o?: PackedOrganization | null | undefined;
}

interface PackedOrganization {
  readonly id: string;
  readonly slg?: string | undefined;
  readonly rol?: string | undefined;
  readonly per?: string | undefined;
  readonly fpm?: string | undefined;
}

const items = (list: string): string[] => list.split(',').map((item) => item.trim());

/** Features come as `o:invoices`, `u:beta` or `uo:search`: of the organisation, of the person, of both. */
function organizationFeatures(features: string): string[] {
  return items(features).flatMap((item) => {
    const [scope = '', name] = item.split(':', 2);
    return name !== undefined && scope.includes('o') ? [name] : [];
  });
}

/** Each feature has a number whose bits, from the lowest, say which of the permissions go with it. */
function unpackPermissions({ per, fpm }: PackedOrganization, features: string | null | undefined): string[] {
  if (!per || !fpm || !features) return [];
  const permissions = items(per);
  const masks = items(fpm);
  return organizationFeatures(features).flatMap((feature, index) => {
    const mask = masks[index];
    // More digits than a token can hold permissions for: nobody wrote that in earnest.
    if (mask === undefined || !/^\d{1,300}$/.test(mask)) return [];
    const bits = BigInt(mask);
    return permissions
      .filter((_permission, bit) => ((bits >> BigInt(bit)) & 1n) === 1n)
      .map((permission) => `org:${feature}:${permission}`);
  });
}

/** One form for version 1 (`org_id`, `org_role`, …) and version 2 (`v: 2`, `o {id, rol, slg, per, fpm}`). */
export function organizationOf(claims: RawOrganizationClaims): OrganizationClaims | undefined {
  if (claims.v === 2) {
    const { o, fea } = claims;
    if (!o) return undefined;
    return {
      id: o.id,
      slug: o.slg,
      role: o.rol === undefined ? undefined : `org:${o.rol}`,
      permissions: unpackPermissions(o, fea),
    };
  }
  if (!claims.org_id) return undefined;
  return {
    id: claims.org_id,
    slug: claims.org_slug ?? undefined,
    role: claims.org_role ?? undefined,
    permissions: claims.org_permissions ?? [],
  };
}
