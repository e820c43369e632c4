export type CartFindingCode =
  | 'CART_EMPTY'
  | 'UNKNOWN_OFFER'
  | 'NOT_FOR_THIS_BUYER'
  | 'NOT_AVAILABLE'
  | 'NO_PRICE'
  | 'NOT_ENOUGH'
  | 'NOT_A_MULTIPLE'
  | 'BELOW_MINIMUM_QUANTITY'
  | 'PRICE_MOVED'
  | 'CURRENCY_MIXED'
  | 'BELOW_MINIMUM'
  | 'CUT_OFF_PASSED'
  | 'DELIVERY_DAY_IMPOSSIBLE';

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** What keeps a cart from being ordered (ERROR), or what the buyer should know before (WARNING). */
export interface CartFinding {
  readonly code: CartFindingCode;
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
  readonly lineId?: string;
  readonly supplierId?: string;
  /** How much can be ordered instead: what there is, the next multiple, the least. */
  readonly quantity?: string;
  readonly oldPrice?: Amount;
  readonly newPrice?: Amount;
  /** What is missing to the minimum. */
  readonly missing?: Amount;
}

export const errorsOf = (findings: readonly CartFinding[]): CartFinding[] =>
  findings.filter(({ severity }) => severity === 'ERROR');
