import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import { OfferPayload } from '../offer/offer.type.ts';
import { SetOfferPricesInput } from './offer-price.inputs.ts';
import { type OfferAnswer, OfferPriceService } from './offer-price.service.ts';

@Resolver()
export class OfferPriceResolver {
  @Mutation(() => OfferPayload, {
    description:
      'Sets all prices of an offer: list prices, those of groups and of single customers, each with its quantity break and validity. For members of the supplier’s organization and admins.',
  })
  setOfferPrices(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => SetOfferPricesInput, { description: 'The prices.' }) input: SetOfferPricesInput,
  ): Promise<OfferAnswer> {
    return new OfferPriceService(context).setPrices(input);
  }
}
