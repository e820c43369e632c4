import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { CustomerGroupEntity } from './group/customer-group.entity.ts';
import { CustomerGroupMemberEntity } from './group/customer-group-member.entity.ts';
import { Suppliers1763683450000 } from './migrations/1763683450000-suppliers.ts';
import { Offers1763683451000 } from './migrations/1763683451000-offers.ts';
import { OfferBatches1763683451001 } from './migrations/1763683451001-offer-batches.ts';
import { Scorecards1763683451002 } from './migrations/1763683451002-scorecards.ts';
import { OfferObservations1763683451003 } from './migrations/1763683451003-offer-observations.ts';
import { OfferEntity } from './offer/offer.entity.ts';
import { OfferPriceEntity } from './price/offer-price.entity.ts';
import { SupplierEntity } from './supplier/supplier.entity.ts';
import { DeliveryExceptionEntity } from './terms/delivery-exception.entity.ts';
import { DeliveryWindowEntity } from './terms/delivery-window.entity.ts';

export const suppliersDatabase: SubgraphDatabase = {
  name: 'suppliers',
  entities: [
    SupplierEntity,
    DeliveryWindowEntity,
    DeliveryExceptionEntity,
    OfferEntity,
    OfferPriceEntity,
    CustomerGroupEntity,
    CustomerGroupMemberEntity,
  ],
  migrations: [
    Suppliers1763683450000,
    Offers1763683451000,
    OfferBatches1763683451001,
    Scorecards1763683451002,
    OfferObservations1763683451003,
  ],
};
