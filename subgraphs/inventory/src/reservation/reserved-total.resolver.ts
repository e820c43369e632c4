import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { InventoryContext } from '../context.ts';
import type { ReservedCheck } from './reserved-total.repository.ts';
import { ReservedTotalService } from './reserved-total.service.ts';
import { RepairReservedTotalsPayload } from './reserved-total.type.ts';

@Resolver()
export class ReservedTotalResolver {
  @Mutation(() => RepairReservedTotalsPayload, {
    description:
      'Recomputes what is reserved of each good from the reservations themselves, as happens each night, and tells what had drifted. For admins.',
  })
  repairReservedTotals(@Ctx() context: InventoryContext): Promise<ReservedCheck> {
    return new ReservedTotalService(context).repair();
  }
}
