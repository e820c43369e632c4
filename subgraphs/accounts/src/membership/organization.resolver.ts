import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { Organization } from '../organization/organization.type.ts';
import type { MembershipEntity } from './membership.entity.ts';
import { MembershipConnection } from './membership.type.ts';

const sort = 'members';

type MemberPage = Connection<MembershipEntity> & { readonly organizationId: string };

/** Who belongs to an organisation. It is reached only by those who may see it. */
@Resolver(() => Organization)
export class OrganizationMembersResolver {
  @FieldResolver(() => MembershipConnection, { description: 'Who belongs to it, the oldest members first.' })
  async members(
    @Root() { id }: OrganizationEntity,
    @Ctx() { loaders }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<MemberPage> {
    const size = pageSize(first);
    const rows = await loaders.memberships.inOrganization(size + 1, decodeMomentCursor(after, sort)).load(id);
    const cursorOf = (row: MembershipEntity) => encodeCursor(sort, [row.createdAt.toISOString(), row.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), organizationId: id };
  }
}

@Resolver(() => MembershipConnection)
export class MembershipCountResolver {
  @FieldResolver(() => Int, { description: 'How many members there are. Counted only when asked for.' })
  totalCount(@Root() { organizationId }: MemberPage, @Ctx() { loaders }: AccountsContext): Promise<number> {
    return loaders.memberships.countInOrganization.load(organizationId);
  }
}
