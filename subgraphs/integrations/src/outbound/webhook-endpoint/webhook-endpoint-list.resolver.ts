import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../../context.ts';
import { endpointScopeOf } from './endpoint-scope.ts';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.ts';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';
import { WebhookEndpointConnection } from './webhook-endpoint.type.ts';

interface EndpointList extends Connection<WebhookEndpointEntity> {
  readonly organizationId: string | null;
}

/** Of no organisation, so that an id that is none finds nothing. */
const nobody = '00000000-0000-0000-0000-000000000000';

@Resolver(() => WebhookEndpointConnection)
export class WebhookEndpointListResolver {
  @Query(() => WebhookEndpointConnection, {
    description:
      'The endpoints that the viewer keeps, newest first: of the organization that they act for as its ADMIN; of the shop, for staff; all, for admins.',
  })
  async webhookEndpoints(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('organizationId', () => ID, { nullable: true, description: 'Only those of this organization.' })
    given?: string | null,
  ): Promise<EndpointList> {
    const organizationId = given == null ? null : isUUID(given) ? given : nobody;
    const sort = `webhook-endpoints:${organizationId ?? ''}`;
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const rows = await new WebhookEndpointRepository(manager).list(
      endpointScopeOf(viewer),
      organizationId,
      size + 1,
      place,
    );
    const cursorOf = (one: WebhookEndpointEntity) => encodeCursor(sort, [one.createdAt.toISOString(), one.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), organizationId };
  }

  @FieldResolver(() => Int, { description: 'How many endpoints match. Counted only when asked for.' })
  totalCount(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Root() { organizationId }: EndpointList,
  ): Promise<number> {
    return new WebhookEndpointRepository(manager).count(endpointScopeOf(viewer), organizationId);
  }
}
