import type { CodeMeanings } from '@gastronom/shared/user-error-codes';

/** Why a delivery cannot be applied, for machines, with what each code means. */
export const deliveryTroubleCodes = {
  BAD_ENCODING: 'its bytes are not of the encoding that it names, nor of one that 1C is known to send',
  BAD_JSON: 'it is not complete, valid JSON',
  BAD_PAYLOAD: 'it is JSON, and not of the form that the webhook reads',
  BAD_OBSERVED_AT: 'its `observed_at` is no moment',
  OBSERVED_IN_FUTURE: 'its `observed_at` lies in the future: the sender’s clock is wrong',
  MISSING_WAREHOUSE: 'it names no warehouse, and no trigger asked for it',
  UNKNOWN_WAREHOUSE: 'no warehouse is called so: declare it, then replay the delivery',
  OTHER_WAREHOUSE: 'it is about another warehouse than the one that its token was made for',
  UNTIED_PART: 'it is a part of a snapshot and does not say of which',
  INCOMPLETE_SNAPSHOT: 'other parts of its snapshot did not come: what none mentions was left as it is',
  NO_ROW_APPLIED: 'each of its rows was rejected',
  CATALOG_UNAVAILABLE: 'the catalogue did not answer; it is tried again',
  INVENTORY_UNAVAILABLE: 'the inventory did not answer; it is tried again',
  INTERNAL_SERVER_ERROR: 'a fault of ours, which our log tells of',
} satisfies CodeMeanings;
type DeliveryTroubleCode = keyof typeof deliveryTroubleCodes;

/** What an admin reads of a delivery that could not be applied. The code of another subgraph's trouble is open. */
export interface DeliveryFailure {
  readonly code: DeliveryTroubleCode | (string & {});
  readonly message: string;
}

/** What is wrong with a delivery itself: to try it again would come to the same. */
export class DeliveryTrouble extends Error {
  readonly code: DeliveryTroubleCode;

  constructor(code: DeliveryTroubleCode, message: string) {
    super(message);
    this.name = 'DeliveryTrouble';
    this.code = code;
  }
}

/** Another subgraph did not do its part: it may do it later. */
export class DeliveryDelay extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'DeliveryDelay';
    this.code = code;
  }
}
