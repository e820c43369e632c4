import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { orRefusal } from '../refusal-error.ts';
import type { OrganizationEntity } from './organization.entity.ts';
import { CreateOrganizationInput, OrganizationFilter, UpdateOrganizationInput } from './organization.inputs.ts';
import { OrganizationRepository } from './organization.repository.ts';
import { createOrganization, deleteOrganization, updateOrganization } from './organization.service.ts';
import { Organization, OrganizationConnection, OrganizationPayload } from './organization.type.ts';

const sort = 'organizations';

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, {
    nullable: true,
    description:
      'An organization that the person belongs to; staff see each. Null for one of others, as if there were none.',
  })
  organization(
    @Ctx() { loaders }: AccountsContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<OrganizationEntity | null> {
    return loaders.organizations.visible.load(id);
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Makes an organization, at Clerk too. It has no members: invite the first as its ADMIN. For admins.',
  })
  createOrganization(
    @Ctx() context: AccountsContext,
    @Arg('input', () => CreateOrganizationInput, { description: 'The organization.' }) input: CreateOrganizationInput,
  ): Promise<OrganizationPayload> {
    return orRefusal({ organization: null }, async () => ({ organization: await createOrganization(context, input) }));
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Changes what an organization is called and does, at Clerk too. For admins.',
  })
  updateOrganization(
    @Ctx() context: AccountsContext,
    @Arg('input', () => UpdateOrganizationInput, { description: 'What changes.' }) input: UpdateOrganizationInput,
  ): Promise<OrganizationPayload> {
    return orRefusal({ organization: null }, async () => ({ organization: await updateOrganization(context, input) }));
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Deletes an organization for ever, at Clerk too: nobody can act for it any more. What points at it stays. For admins.',
  })
  deleteOrganization(
    @Ctx() context: AccountsContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<OrganizationPayload> {
    return orRefusal({ organization: null }, async () => ({ organization: await deleteOrganization(context, id) }));
  }
}

type OrganizationPage = Connection<OrganizationEntity> & { readonly filter: OrganizationFilter };

@Resolver(() => OrganizationConnection)
export class OrganizationListResolver {
  @Query(() => OrganizationConnection, { description: 'Organizations, newest first. For staff.' })
  async organizations(
    @Ctx() { manager }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => OrganizationFilter, { nullable: true, description: 'Which; all by default.' })
    filter?: OrganizationFilter | null,
  ): Promise<OrganizationPage> {
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const rows = await new OrganizationRepository(manager).list(filter ?? {}, size + 1, place);
    const cursorOf = (one: OrganizationEntity) => encodeCursor(sort, [one.createdAt.toISOString(), one.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), filter: filter ?? {} };
  }

  @FieldResolver(() => Int, { description: 'How many organizations match. Counted only when asked for.' })
  totalCount(@Root() { filter }: OrganizationPage, @Ctx() { manager }: AccountsContext): Promise<number> {
    return new OrganizationRepository(manager).count(filter);
  }
}

/** What other subgraphs refer to; null for one that the viewer may not see. */
export function resolveOrganizationReference(
  { id }: { id?: unknown },
  { loaders }: AccountsContext,
): Promise<OrganizationEntity | null> | null {
  return typeof id === 'string' ? loaders.organizations.visible.load(id) : null;
}
