import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { Organization } from '../organization/organization.type.ts';
import type { InvitationEntity } from './invitation.entity.ts';
import { InvitationConnection } from './invitation.type.ts';

const sort = 'invitations';

type InvitationPage = Connection<InvitationEntity> & { readonly organizationId: string };

@Resolver(() => Organization)
export class OrganizationInvitationsResolver {
  @FieldResolver(() => InvitationConnection, {
    nullable: true,
    description: 'Who was asked to join, newest first. For its ADMINs and for staff; null for other members.',
  })
  async invitations(
    @Root() { id }: OrganizationEntity,
    @Ctx() { loaders }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<InvitationPage | null> {
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    if (!(await loaders.memberships.manages.load(id))) return null;
    const rows = await loaders.invitations.inOrganization(size + 1, place).load(id);
    const cursorOf = (row: InvitationEntity) => encodeCursor(sort, [row.createdAt.toISOString(), row.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), organizationId: id };
  }
}

@Resolver(() => InvitationConnection)
export class InvitationCountResolver {
  @FieldResolver(() => Int, {
    description: 'How many invitations there are, whatever became of them. Counted only when asked for.',
  })
  totalCount(@Root() { organizationId }: InvitationPage, @Ctx() { loaders }: AccountsContext): Promise<number> {
    return loaders.invitations.countInOrganization.load(organizationId);
  }
}
