import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { ApprovalRepository } from './approval.repository.ts';

/** What this person may order without asking; null for no limit. Admins of the restaurant ask nobody. */
export async function approvalLimitOf(
  manager: EntityManager,
  viewer: Viewer,
  currency: string,
): Promise<string | null> {
  if (viewer.kind !== 'user' || viewer.organization?.type !== 'RESTAURANT') return null;
  if (viewer.organization.role === 'ADMIN') return null;
  return limitOf(manager, viewer.organization.id, currency);
}

/** The restaurant's limit for whoever is no admin. What is in another currency cannot be held against it, and is over it. */
export async function limitOf(
  manager: EntityManager,
  organizationId: string,
  currency: string,
): Promise<string | null> {
  const limit = await new ApprovalRepository(manager).findLimit(organizationId);
  if (!limit) return null;
  return limit.currency === currency ? limit.amount : '0';
}
