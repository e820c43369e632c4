/** Why a delivery cannot be applied, for machines. */
export type DeliveryTroubleCode =
  | 'BAD_ENCODING'
  | 'BAD_JSON'
  | 'BAD_PAYLOAD'
  | 'BAD_OBSERVED_AT'
  | 'OBSERVED_IN_FUTURE'
  | 'MISSING_WAREHOUSE'
  | 'UNKNOWN_WAREHOUSE'
  | 'OTHER_WAREHOUSE'
  | 'UNTIED_PART'
  | 'INCOMPLETE_SNAPSHOT'
  | 'NO_ROW_APPLIED';

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
