import { describeCodes, userErrorCodes } from '@gastronom/shared/user-error-codes';

export const scrapeError = userErrorCodes({
  INVALID_URL: 'the address is not one of a page on http or https, is too long, or has a password in it',
  BLOCKED_ADDRESS: 'the address leads to one that is not of the public internet',
  OUT_OF_RANGE: 'fewer pages than 1 are to be read, or more than 20',
  TOO_MANY: 'more lists of the caller’s are being read than may be',
});

/** Of lists that could not be read to their end. */
export const failureCodes = describeCodes('What went wrong; where fetching failed otherwise, as it says, `HTTP_503`', {
  BLOCKED_ADDRESS: 'the address, or one that it led to, is not of the public internet',
  ROBOTS: 'the site wishes that no program reads the page',
  NO_LISTINGS: 'the first page says of nothing that it is for sale',
  UNREADABLE: 'a page broke the reader, or took too much of its time',
  TOO_MANY: 'as many products are watched as may be',
  LOST: 'it got no further for hours',
  INTERNAL: 'a trouble of ours, which the log knows',
});
