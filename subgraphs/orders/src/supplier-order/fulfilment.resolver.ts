import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import { confirmSupplierOrder } from './confirm.service.ts';
import { cancelSupplierOrder, rejectSupplierOrder, shipSupplierOrder } from './end.service.ts';
import {
  AnswerSubstituteInput,
  ConfirmSupplierOrderInput,
  EndSupplierOrderInput,
  ShipSupplierOrderInput,
} from './fulfilment.inputs.ts';
import { SupplierOrderPayload } from './fulfilment.type.ts';
import { answerSubstitute } from './substitute.ts';
import type { SupplierOrderOutcome } from './supplier-order-command.ts';

const again = 'The same once more changes nothing and answers the same.';

@Resolver(() => SupplierOrderPayload)
export class FulfilmentResolver {
  @Mutation(() => SupplierOrderPayload, {
    description: `Promises to deliver a supplier’s order: all of it, or what each line says, with substitutes or a back-order for the rest. ${again} For the supplier’s people; for staff where the house delivers.`,
  })
  confirmSupplierOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => ConfirmSupplierOrderInput, { description: 'What is promised.' })
    input: ConfirmSupplierOrderInput,
  ): Promise<SupplierOrderOutcome> {
    return confirmSupplierOrder(context, input);
  }

  @Mutation(() => SupplierOrderPayload, {
    description: `Says that nothing of a supplier’s order will be delivered, and why. ${again} For the supplier’s people; for staff where the house delivers.`,
  })
  rejectSupplierOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => EndSupplierOrderInput, { description: 'Which, and why.' }) input: EndSupplierOrderInput,
  ): Promise<SupplierOrderOutcome> {
    return rejectSupplierOrder(context, input);
  }

  @Mutation(() => SupplierOrderPayload, {
    description: `Says that a supplier’s order is on its way. ${again} For the supplier’s people; for staff where the house delivers.`,
  })
  shipSupplierOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => ShipSupplierOrderInput, { description: 'Which, and how to find it.' })
    input: ShipSupplierOrderInput,
  ): Promise<SupplierOrderOutcome> {
    return shipSupplierOrder(context, input);
  }

  @Mutation(() => SupplierOrderPayload, {
    description: `Calls a supplier’s order off before it is shipped: its buyer as long as \`cancelUntil\` allows it, the supplier’s people and staff with a reason. ${again}`,
  })
  cancelSupplierOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => EndSupplierOrderInput, { description: 'Which, and why.' }) input: EndSupplierOrderInput,
  ): Promise<SupplierOrderOutcome> {
    return cancelSupplierOrder(context, input);
  }

  @Mutation(() => SupplierOrderPayload, {
    description: `Takes what the supplier proposes in place of what is missing, or does without. What is not answered before it is shipped does not come. ${again} For the buyer’s people.`,
  })
  answerSubstitute(
    @Ctx() context: OrdersContext,
    @Arg('input', () => AnswerSubstituteInput, { description: 'The answer.' }) input: AnswerSubstituteInput,
  ): Promise<SupplierOrderOutcome> {
    return answerSubstitute(context, input);
  }
}
