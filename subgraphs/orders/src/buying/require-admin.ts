import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';

export interface RestaurantAdmin {
  readonly userId: string;
  readonly organizationId: string;
}

/** The restaurant that a person acts for as its ADMIN; FORBIDDEN for everybody else. */
export function requireRestaurantAdmin(viewer: Viewer): RestaurantAdmin {
  if (viewer.kind === 'user' && viewer.organization?.type === 'RESTAURANT' && viewer.organization.role === 'ADMIN')
    return { userId: viewer.userId, organizationId: viewer.organization.id };
  throw new DomainError('FORBIDDEN', 'This needs an ADMIN of the restaurant that the person acts for.');
}
