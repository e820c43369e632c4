import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import type { ChannelKindName, DigestName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { NotificationSettingsEntity } from './notification-settings.entity.ts';
import { settingsError } from './notification-settings.errors.ts';
import {
  NotificationSettingsRepository,
  type SettingsDefaults,
  type SettingsValues,
} from './notification-settings.repository.ts';

/** What is to be otherwise; what is undefined stays. */
export interface SettingsChange {
  readonly language?: LanguageName | null;
  readonly timeZone?: string | null;
  readonly quietHours?: { readonly from: string; readonly to: string } | null;
  readonly digest?: DigestName | null;
  readonly digestAt?: string | null;
  readonly kinds?: readonly { readonly kind: NotificationKindName; readonly channels: ChannelKindName[] }[] | null;
}

export interface SettingsAnswer {
  readonly settings: NotificationSettingsEntity | null;
  readonly userErrors: UserError[];
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What holds for a person who has never said anything. */
export const initialSettings = (defaults: SettingsDefaults): SettingsValues => ({
  ...defaults,
  quietFrom: null,
  quietTo: null,
  digest: 'NONE',
  digestAt: '09:00',
  kinds: {},
});

function isKnownHere(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}

function badTimes({ quietHours, digestAt }: SettingsChange): UserError[] {
  const times = [
    [quietHours?.from, ['quietHours', 'from']],
    [quietHours?.to, ['quietHours', 'to']],
    [digestAt, ['digestAt']],
  ] as const;
  return times
    .filter(([time]) => typeof time === 'string' && !timeOfDay.test(time))
    .map(([time, field]) => settingsError('BAD_TIME', ['input', ...field], `${time} is no time of day as 22:30.`));
}

async function problemsOf(settings: NotificationSettingsRepository, change: SettingsChange): Promise<UserError[]> {
  const { timeZone, quietHours, kinds } = change;
  const problems = badTimes(change);
  if (timeZone && !(isKnownHere(timeZone) && (await settings.knowsTimeZone(timeZone)))) {
    const message = 'There is no such time zone: send its IANA name, as Europe/Stockholm.';
    problems.push(settingsError('UNKNOWN_TIME_ZONE', ['input', 'timeZone'], message));
  }
  if (quietHours && quietHours.from === quietHours.to)
    problems.push(settingsError('EMPTY_QUIET_HOURS', ['input', 'quietHours'], 'Let them end at another time.'));
  if (kinds && new Set(kinds.map(({ kind }) => kind)).size < kinds.length)
    problems.push(settingsError('REPEATED_KIND', ['input', 'kinds'], 'Name each kind once.'));
  return problems;
}

/** The columns that the change names. A null takes quiet hours away; anywhere else it says nothing. */
function valuesOf({ language, timeZone, quietHours, digest, digestAt }: SettingsChange): Partial<SettingsValues> {
  return {
    ...(language ? { language } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(digest ? { digest } : {}),
    ...(digestAt ? { digestAt } : {}),
    ...(quietHours === undefined ? {} : { quietFrom: quietHours?.from ?? null, quietTo: quietHours?.to ?? null }),
  };
}

export async function updateNotificationSettings(
  manager: EntityManager,
  userId: string,
  change: SettingsChange,
  defaults: SettingsDefaults,
): Promise<SettingsAnswer> {
  const userErrors = await problemsOf(new NotificationSettingsRepository(manager), change);
  if (userErrors.length > 0) return { settings: null, userErrors };
  const chosen = Object.fromEntries((change.kinds ?? []).map(({ kind, channels }) => [kind, [...new Set(channels)]]));
  const settings = await inTransaction(manager, async (inside) => {
    const repository = new NotificationSettingsRepository(inside);
    const before = await repository.lock(userId, initialSettings(defaults));
    if (!before) throw new DomainError('NOT_FOUND', 'There is no such person any more.');
    return repository.update(before, { ...valuesOf(change), kinds: { ...before.kinds, ...chosen } });
  });
  return { settings, userErrors: [] };
}
