import type { Viewer } from '@gastronom/shared/viewer';

/** Whose endpoints a viewer keeps. It goes into queries: those of others do not exist. */
export interface EndpointScope {
  /** Admins see to what the machines could not. */
  readonly all: boolean;
  readonly shop: boolean;
  readonly organizationId: string | null;
}

/** An organisation's ADMIN keeps its own, staff the shop's, admins all. */
export function endpointScopeOf(viewer: Viewer): EndpointScope {
  if (viewer.kind !== 'user') return { all: false, shop: false, organizationId: null };
  const { role, organization } = viewer;
  return {
    all: role === 'ADMIN',
    shop: role === 'STAFF' || role === 'ADMIN',
    organizationId: organization?.role === 'ADMIN' ? organization.id : null,
  };
}

/** The scope in SQL, over rows of endpoints that a query calls `endpoint`. */
export const scopeSql = `(:all::boolean OR (:shop::boolean AND endpoint.organization_type = 'SHOP')
  OR endpoint.organization_id = :ownOrganizationId::uuid)`;

export const scopeParameters = ({ all, shop, organizationId }: EndpointScope) => ({
  all,
  shop,
  ownOrganizationId: organizationId,
});
