import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { userError } from '@gastronom/shared/user-error.type';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { CreateServiceKeyInput, EnsureServiceKeyInput } from './service-key.inputs.ts';
import { ServiceKeyRepository } from './service-key.repository.ts';
import { hashKey, ServiceKeyService } from './service-key.service.ts';
import {
  CreateServiceKeyPayload,
  keyScopes,
  RevokeServiceKeyPayload,
  ServiceKey,
  ServiceKeyConnection,
} from './service-key.type.ts';

const sort = 'service-keys';

@Resolver(() => ServiceKeyConnection)
export class ServiceKeyResolver {
  @Query(() => ServiceKeyConnection, { description: 'API keys, newest first. For admins.' })
  async serviceKeys(
    @Ctx() { manager }: AccountsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<ServiceKeyEntity>> {
    const size = pageSize(first);
    const rows = await new ServiceKeyRepository(manager).list(size + 1, decodeMomentCursor(after, sort));
    return toConnection(toPage(rows, size), (key) => encodeCursor(sort, [key.createdAt.toISOString(), key.id]), after);
  }

  @FieldResolver(() => Int, {
    description: 'How many keys there are, revoked ones included. Counted only when asked for.',
  })
  totalCount(@Ctx() { manager }: AccountsContext): Promise<number> {
    return new ServiceKeyRepository(manager).count();
  }

  @Mutation(() => CreateServiceKeyPayload, { description: 'Makes an API key for a machine. For admins.' })
  async createServiceKey(
    @Ctx() { manager, viewer }: AccountsContext,
    @Arg('input', () => CreateServiceKeyInput, { description: 'The key to be made.' }) input: CreateServiceKeyInput,
  ): Promise<CreateServiceKeyPayload> {
    const service = new ServiceKeyService(manager, viewer, keyScopes);
    const problems = service.problems(input);
    if (problems.length > 0) {
      const userErrors = problems.map(({ code, field, message }) => userError(code, ['input', field], message));
      return { key: null, secret: null, userErrors };
    }
    return { ...(await service.create(input)), userErrors: [] };
  }

  @Mutation(() => RevokeServiceKeyPayload, {
    description: 'Stops a key from working, within seconds. Again is no error. For admins.',
  })
  async revokeServiceKey(
    @Ctx() { manager }: AccountsContext,
    @Arg('id', () => ID, { description: 'Id of the key’s record, not the key itself.' }) id: string,
  ): Promise<RevokeServiceKeyPayload> {
    const key = isUUID(id) ? await new ServiceKeyRepository(manager).revoke(id) : null;
    return { key, userErrors: key ? [] : [userError('NOT_FOUND', ['id'], 'There is no such key.')] };
  }

  @Directive('@inaccessible')
  @Mutation(() => ServiceKey, {
    nullable: true,
    description: 'The key that a caller sent, if it works at this moment. For the gateway.',
  })
  authenticateServiceKey(
    @Ctx() { manager }: AccountsContext,
    @Arg('secret', () => String, { description: 'The whole key, as it was sent.' }) secret: string,
  ): Promise<ServiceKeyEntity | null> {
    return new ServiceKeyRepository(manager).useByHash(hashKey(secret));
  }

  @Directive('@inaccessible')
  @Mutation(() => ServiceKey, {
    description: 'Finds or creates a key whose secret is known. For a development gateway.',
  })
  ensureServiceKey(
    @Ctx() { manager, viewer }: AccountsContext,
    @Arg('input', () => EnsureServiceKeyInput, { description: 'The key.' }) input: EnsureServiceKeyInput,
  ): Promise<ServiceKeyEntity> {
    return new ServiceKeyService(manager, viewer, keyScopes).ensure(input);
  }
}
