import type { Role } from '@gastronom/shared/viewer';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { Organization } from '../organization/organization.type.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { User, UserRole } from '../user/user.type.ts';

/** What of a person hangs on the session of this request. */
@Resolver(() => User)
export class UserSessionResolver {
  @FieldResolver(() => Organization, {
    nullable: true,
    description:
      'The organization that the person acts for in this request (see switchOrganization); null for nobody but themselves. For the person alone.',
  })
  async organization(
    @Root() { id }: UserEntity,
    @Ctx() { viewer, loaders }: AccountsContext,
  ): Promise<OrganizationEntity | null> {
    if (viewer.kind !== 'user' || viewer.userId !== id || !viewer.organization) return null;
    return loaders.organizations.visible.load(viewer.organization.id);
  }

  @FieldResolver(() => UserRole, {
    nullable: true,
    description:
      'The role in force for this request: the own one, or for a customer who acts for a restaurant or supplier that. For the person alone.',
  })
  actingRole(@Root() { id }: UserEntity, @Ctx() { viewer }: AccountsContext): Role | null {
    return viewer.kind === 'user' && viewer.userId === id ? viewer.role : null;
  }
}
