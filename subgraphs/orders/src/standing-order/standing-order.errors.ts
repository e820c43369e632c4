import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const standingOrderError = userErrorCodes({
  NOT_FOUND: 'The buyer has no such standing order.',
  CHANGED_MEANWHILE: 'Somebody else changed it since it was read: look at it again.',
  TOO_MANY: 'A buyer has at most 100 standing orders, each with 1 to 500 lines of different offers.',
  BAD_NAME: 'A name has 1 to 200 characters, all of them text.',
  BAD_CRON: 'A cron expression has five fields, as `30 6 * * MON,THU`, and names times that come.',
  TOO_OFTEN: 'It is placed at most once an hour: the first field of the expression names one minute.',
  BAD_TIME_ZONE: 'A time zone is an IANA name, as `Europe/Stockholm`.',
  BAD_DATE: 'A day is a day as `2026-12-24`; at most 366 can be skipped.',
  UNKNOWN_OFFER: 'There is no such offer.',
  NOT_FOR_THIS_BUYER: 'The offer is not for whom the person shops.',
  BAD_QUANTITY: 'A quantity is above 0 and has at most 3 decimals.',
  BAD_TEXT: 'A note has at most 1,000 characters, all of them text.',
  TOO_LATE: 'This time has been placed, or is being placed: it cannot be changed or skipped any more.',
  NOT_NEXT: 'This is not its next time: look at it again.',
});
