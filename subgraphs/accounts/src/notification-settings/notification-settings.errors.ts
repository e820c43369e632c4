import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const settingsError = userErrorCodes({
  UNKNOWN_TIME_ZONE: 'there is no time zone of this name',
  BAD_TIME: 'this is no time of day as 22:30',
  EMPTY_QUIET_HOURS: 'quiet hours end at the time at which they begin',
  REPEATED_KIND: 'a kind of notification is named twice',
});
