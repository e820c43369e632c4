import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { orRefusal } from '../refusal-error.ts';
import { SignInInput } from './session.inputs.ts';
import { SessionService, type SignedIn, switchOrganization } from './session.service.ts';
import { SignIn, SwitchOrganizationPayload } from './session.type.ts';

@Resolver()
export class SessionResolver {
  @Directive('@inaccessible')
  @Mutation(() => SignIn, {
    nullable: true,
    description:
      'Who a verified session token stands for; null for a person who was deleted or banned, or a session that is over. For the gateway.',
  })
  signIn(
    @Ctx() { manager }: AccountsContext,
    @Arg('input', () => SignInInput, { description: 'What the token says.' }) input: SignInInput,
  ): Promise<SignedIn | null> {
    return new SessionService(manager).signIn(input);
  }

  @Mutation(() => SwitchOrganizationPayload, {
    description:
      'Chooses the organization that the person acts for in this session, from the next request on. It holds until session tokens name another one than now.',
  })
  switchOrganization(
    @Ctx() context: AccountsContext,
    @Arg('organizationId', () => ID, {
      nullable: true,
      description: 'Id of an organization of theirs; null to act for nobody but themselves.',
    })
    organizationId?: string | null,
  ): Promise<SwitchOrganizationPayload> {
    const { viewer } = context;
    if (viewer.kind !== 'user') throw new DomainError('FORBIDDEN', 'Only a person acts for an organization.');
    return orRefusal({ organization: null, role: null }, () =>
      switchOrganization(context, viewer, organizationId ?? null),
    );
  }
}
