import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { act } from '../act.ts';
import type { AccountsContext } from '../context.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { EnsureOrganizationInput } from '../organization/organization.inputs.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import { Organization } from '../organization/organization.type.ts';
import { UserRepository } from '../user/user.repository.ts';
import { MembershipRepository } from './membership.repository.ts';

@Resolver()
export class DemoResolver {
  @Directive('@inaccessible')
  @Mutation(() => Organization, {
    description: 'Finds or creates an organization and its admin’s membership. For a development gateway.',
  })
  ensureOrganization(
    @Ctx() context: AccountsContext,
    @Arg('input', () => EnsureOrganizationInput, { description: 'The organization.' }) input: EnsureOrganizationInput,
  ): Promise<OrganizationEntity> {
    const { clerkOrganizationId, name, type, adminClerkUserId } = input;
    return act(context, async ({ manager, concerns }) => {
      const user = await new UserRepository(manager).findByClerkId(adminClerkUserId);
      if (!user) throw new DomainError('NOT_FOUND', `There is no person ${adminClerkUserId}.`);
      const organization = await new OrganizationRepository(manager).insert({ clerkOrganizationId, name, type });
      await new MembershipRepository(manager).begin(user.id, organization.id, 'ADMIN');
      concerns(adminClerkUserId);
      return organization;
    });
  }
}
