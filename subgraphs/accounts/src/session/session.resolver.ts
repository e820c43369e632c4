import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { SignInInput } from './session.inputs.ts';
import { SessionService, type SignedIn } from './session.service.ts';
import { SignIn } from './session.type.ts';

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
}
