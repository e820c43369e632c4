import { SettingError } from '@gastronom/shared/env';

/** Turns the usual reasons why a port cannot be opened into a line that says what to do. */
export function listenTrouble(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new SettingError(`Port ${port} is in use: stop what listens there, or choose another, as PORT=${port + 1}.`);
  if (code === 'EACCES')
    return new SettingError(`Port ${port} may not be opened by this user: choose one above 1023, as PORT=4000.`);
  return error;
}
