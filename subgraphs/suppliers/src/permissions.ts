import {
  actsFor,
  anyOf,
  hasScope,
  isAdmin,
  isInternal,
  isPublic,
  isSignedIn,
  isStaff,
  type Permissions,
} from '@gastronom/shared/permissions';

/** Members of the supplier whose row it is: looked up with the row. Staff for the house, admins for each. */
const sells = anyOf(actsFor('SUPPLIER'), isStaff);

/** Those who write offers: people, and machines with the scope. */
export const writesOffers = anyOf(sells, hasScope('offers:write'));

/** Restaurants see each supplier’s, suppliers their own. */
const buysOrSells = anyOf(actsFor('RESTAURANT', 'SUPPLIER'), isStaff);

export const permissions: Permissions = {
  Query: {
    supplier: isPublic,
    suppliers: isPublic,
    mySupplier: isSignedIn,
    // The shop’s offers are for everybody; who sees the others’ stands in the query.
    offer: isPublic,
    offers: buysOrSells,
    quoteOffers: isInternal,
    supplierDirectory: isInternal,
    supplierOfOrganization: isInternal,
  },
  Mutation: {
    createSupplier: sells,
    updateSupplier: sells,
    setDeliveryDays: sells,
    recomputeScorecards: isAdmin,
    setOfferPrices: sells,
    saveCustomerGroup: sells,
    deleteCustomerGroup: sells,
    upsertOffers: writesOffers,
  },
  Supplier: { '*': isPublic },
  SupplierConnection: { '*': isPublic },
  SupplierEdge: { '*': isPublic },
  SupplierPayload: { '*': isPublic },
  DeliveryWindow: { '*': isPublic },
  DeliveryException: { '*': isPublic },
  NextDelivery: { '*': isPublic },
  // Found by queries that know who may see them; prices are the viewer’s own, all of them null to others than the seller.
  Offer: { '*': isPublic },
  OfferConnection: { '*': isPublic },
  OfferEdge: { '*': isPublic },
  OfferPrice: { '*': isPublic },
  QuantityPrice: { '*': isPublic },
  Product: { '*': isPublic },
  BestOffer: { '*': isPublic },
  // Null to those who have nothing to do with the supplier; details to all but itself and admins.
  Scorecard: { '*': isPublic },
  ScorecardDetails: { '*': isPublic },
  RecomputeScorecardsPayload: { '*': isPublic },
  OfferPayload: { '*': isPublic },
  UpsertOffersPayload: { '*': isPublic },
  OfferItemResult: { '*': isPublic },
  OfferItemError: { '*': isPublic },
  // Reached only through those that sell for the supplier.
  CustomerGroup: { '*': isPublic },
  CustomerGroupPayload: { '*': isPublic },
  Money: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
