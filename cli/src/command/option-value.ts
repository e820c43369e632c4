import { InvalidArgumentError } from 'commander';

/** A whole number of an option. */
export const within = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected.`);
};

/** A moment of an option. */
export function instant(text: string): string {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('A time such as 2026-03-01T08:00:00Z is expected.');
  }
  return date.toISOString();
}

/** A number of seconds of an option. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('A number of seconds is expected.');
}
