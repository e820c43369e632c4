import { isPublic, isSignedIn, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    order: isSignedIn,
    myOrders: isSignedIn,
    supplierOrder: isSignedIn,
    supplierOrders: isSignedIn,
    cart: isSignedIn,
    validateCart: isSignedIn,
    // The same for everybody: how orders go.
    orderTransitions: isPublic,
  },
  Mutation: {
    addToCart: isSignedIn,
    setCartLine: isSignedIn,
    removeCartLine: isSignedIn,
    clearCart: isSignedIn,
    setCartSupplier: isSignedIn,
    // For the parties of the order: looked up with it locked.
    confirmSupplierOrder: isSignedIn,
    rejectSupplierOrder: isSignedIn,
    shipSupplierOrder: isSignedIn,
    cancelSupplierOrder: isSignedIn,
    answerSubstitute: isSignedIn,
  },
  // Found only by those who may see it.
  Order: { '*': isPublic },
  OrderConnection: { '*': isPublic },
  OrderEdge: { '*': isPublic },
  SupplierOrder: { '*': isPublic },
  SupplierOrderConnection: { '*': isPublic },
  SupplierOrderEdge: { '*': isPublic },
  OrderLine: { '*': isPublic },
  OrderMachine: { '*': isPublic },
  OrderTransition: { '*': isPublic },
  SupplierOrderChange: { '*': isPublic },
  SupplierOrderPayload: { '*': isPublic },
  // Always of whom the person shops for.
  Cart: { '*': isPublic },
  CartLine: { '*': isPublic },
  CartSupplier: { '*': isPublic },
  CartFinding: { '*': isPublic },
  CartValidation: { '*': isPublic },
  CartPayload: { '*': isPublic },
  DeliveryDay: { '*': isPublic },
  Money: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
  // References, which their own subgraphs guard.
  User: { '*': isPublic },
  Organization: { '*': isPublic },
  Supplier: { '*': isPublic },
  Offer: { '*': isPublic },
  Product: { '*': isPublic },
};
