import { isUUID } from '@gastronom/shared/id';
import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { OrganizationEntity } from './organization.entity.ts';

/** What other parts of the product ask of organizations. */
@Resolver()
export class OrganizationDirectoryResolver {
  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'Which organizations there are: `[{id, name, type}]`, without those that were deleted; `type` is null while nobody has said. For suppliers.',
  })
  async organizationDirectory(
    @Ctx() { loaders }: AccountsContext,
    @Arg('ids', () => [ID], { description: 'Their ids (UUID).' }) ids: string[],
  ): Promise<Pick<OrganizationEntity, 'id' | 'name' | 'type'>[]> {
    const found = await Promise.all([...new Set(ids.filter(isUUID))].map((id) => loaders.organizations.byId.load(id)));
    return found
      .filter((organization) => organization !== null)
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ id, name, type }) => ({ id, name, type }));
  }
}
