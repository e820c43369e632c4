import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { User } from '../user/user.type.ts';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { revokeKeyError } from './service-key.errors.ts';
import { CreateServiceKeyInput, EnsureServiceKeyInput, RotateServiceKeyInput } from './service-key.inputs.ts';
import { ServiceKeyRepository } from './service-key.repository.ts';
import { hashKey, type MadeKey, ServiceKeyService } from './service-key.service.ts';
import {
  CreateServiceKeyPayload,
  RevokeServiceKeyPayload,
  RotateServiceKeyPayload,
  ServiceKey,
  ServiceKeyScope,
  ServiceKeyState,
} from './service-key.type.ts';
import { serviceKeyScopes } from './service-key-scopes.ts';
import { type KeyState, keyStateAt } from './service-key-state.ts';

@Resolver(() => ServiceKey)
export class ServiceKeyResolver {
  @Query(() => [ServiceKeyScope], { description: 'All that an API key can be allowed to do. For admins.' })
  serviceKeyScopes(): readonly ServiceKeyScope[] {
    return serviceKeyScopes;
  }

  @FieldResolver(() => ServiceKeyState, { description: 'How it stands at this moment.' })
  state(@Root() key: ServiceKeyEntity): KeyState {
    return keyStateAt(key, Date.now());
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it; null for the key of an installation.' })
  async createdBy(
    @Ctx() { loaders }: AccountsContext,
    @Root() { createdByUserId }: ServiceKeyEntity,
  ): Promise<UserEntity | null> {
    return createdByUserId ? loaders.users.load(createdByUserId) : null;
  }

  @FieldResolver(() => ServiceKey, { nullable: true, description: 'The key in whose place it was made, if any.' })
  async replaces(
    @Ctx() { loaders }: AccountsContext,
    @Root() { replacesId }: ServiceKeyEntity,
  ): Promise<ServiceKeyEntity | null> {
    return replacesId ? loaders.serviceKeys.load(replacesId) : null;
  }

  @FieldResolver(() => ServiceKey, { nullable: true, description: 'The key that was made in its place, if any.' })
  replacedBy(@Ctx() { loaders }: AccountsContext, @Root() { id }: ServiceKeyEntity): Promise<ServiceKeyEntity | null> {
    return loaders.serviceKeySuccessors.load(id);
  }

  @Mutation(() => CreateServiceKeyPayload, { description: 'Makes an API key for a machine. For admins.' })
  createServiceKey(
    @Ctx() context: AccountsContext,
    @Arg('input', () => CreateServiceKeyInput, { description: 'The key to be made.' }) input: CreateServiceKeyInput,
  ): Promise<MadeKey> {
    return new ServiceKeyService(context).create(input);
  }

  @Mutation(() => RotateServiceKeyPayload, {
    description:
      'Makes a key of the same name and scopes in place of another, which works on for the overlap and then stops. For admins.',
  })
  rotateServiceKey(
    @Ctx() context: AccountsContext,
    @Arg('input', () => RotateServiceKeyInput, { description: 'The key to be replaced.' }) input: RotateServiceKeyInput,
  ): Promise<MadeKey> {
    return new ServiceKeyService(context).rotate(input);
  }

  @Mutation(() => RevokeServiceKeyPayload, {
    description: 'Stops a key from working, at once. Again is no error. For admins.',
  })
  async revokeServiceKey(
    @Ctx() context: AccountsContext,
    @Arg('id', () => ID, { description: 'Id of the key’s record, not the key itself.' }) id: string,
  ): Promise<RevokeServiceKeyPayload> {
    const key = await new ServiceKeyService(context).revoke(id);
    return { key, userErrors: key ? [] : [revokeKeyError('NOT_FOUND', ['id'], 'There is no such key.')] };
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
    @Ctx() context: AccountsContext,
    @Arg('input', () => EnsureServiceKeyInput, { description: 'The key.' }) input: EnsureServiceKeyInput,
  ): Promise<ServiceKeyEntity> {
    return new ServiceKeyService(context).ensure(input);
  }
}
