import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const channelError = userErrorCodes({
  NOT_FOUND: 'there is no such channel, or it is none of yours to change',
  EXACTLY_ONE: 'the target names no kind of channel, or more than one',
  OTHER_KIND: 'a channel keeps its kind: make another one',
  BAD_TARGET: 'the service would not take this; the message says what is wrong',
  PRIVATE_ADDRESS: 'the address is not one of the public internet',
  NOT_CONFIGURED: 'this server was not told how to reach the service; the message names the setting',
  BAD_NAME: 'the name is empty, too long, or has several lines',
  TOO_MANY: 'there are as many channels as one owner may have: delete one first',
  NOT_FOR_PERSONS: 'kinds and language of what a person is told stand in their notification settings',
  WRONG_CODE: 'this is not the code that was sent, or it was tried too often: have another one sent',
  NOT_UNCONFIRMED: 'there is nothing to confirm',
  TOO_SOON: 'a test was sent a moment ago: wait a little',
});
