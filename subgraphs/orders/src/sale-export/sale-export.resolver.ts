import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import { type AppliedSale, applySale } from './apply-sale.ts';
import { type Sale, saleOf } from './sale.ts';
import { applySalesSchema, confirmSalesSchema, offerSalesSchema } from './sale-document.ts';
import { SaleExportRepository } from './sale-export.repository.ts';

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DomainError('BAD_USER_INPUT', `This cannot be read: ${issue?.path.join('.')} ${issue?.message}`);
}

/** The house's orders, for 1C: it is given what changed until it says that it has stored it. */
@Resolver()
export class SaleExportResolver {
  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'Gives the house’s orders of which 1C has not stored the newest version, the oldest first, as `[{ id, number, version, status, placedAt, changedAt, timeZone, deliverOn, currency, delivery, total, isPaid, buyer: { id, name }, note, lines: [{ sku, name, unit, quantity, price, total, tax, taxRate, note }] }]`. For integrations.',
  })
  offerOrdersTo1C(
    @Ctx() { manager, clock }: OrdersContext,
    @Arg('input', () => Json, { description: '`{ sessionId, limit }`: up to 1,000.' }) input: unknown,
  ): Promise<readonly Sale[]> {
    const { sessionId, limit } = parse(offerSalesSchema, input);
    return inTransaction(manager, async (transaction) => {
      const repository = new SaleExportRepository(transaction);
      const sales = await repository.listOpen(limit);
      const at = new Date(clock());
      await repository.upsertOffers(
        sessionId,
        sales.map(({ part }) => part),
        at,
      );
      return sales.map(saleOf);
    });
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description: '1C has stored what this session was given. Answers how many orders those were. For integrations.',
  })
  confirmOrdersIn1C(
    @Ctx() { manager, clock }: OrdersContext,
    @Arg('input', () => Json, { description: '`{ sessionId }`.' }) input: unknown,
  ): Promise<number> {
    return new SaleExportRepository(manager).updateStored(
      parse(confirmSalesSchema, input).sessionId,
      new Date(clock()),
    );
  }

  @Directive('@inaccessible')
  @Mutation(() => Json, {
    description:
      'What 1C says of the house’s orders. Answers `[{ id, outcome: APPLIED, UNCHANGED, REFUSED or UNKNOWN, message }]`. For integrations.',
  })
  async applySaleDocuments(
    @Ctx() context: OrdersContext,
    @Arg('input', () => Json, {
      description: '`{ documents: [{ id, number, posted, shipped, cancelled, lines: [{ sku, quantity }] }] }`.',
    })
    input: unknown,
  ): Promise<readonly AppliedSale[]> {
    const applied: AppliedSale[] = [];
    for (const document of parse(applySalesSchema, input).documents) applied.push(await applySale(context, document));
    return applied;
  }
}
