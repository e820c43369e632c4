/** The ways in which a 1C misbehaves, as somebody who wants to see them would say it. */
export const faults = {
  none: 'works as it should',
  slow: 'takes long to calculate',
  down: 'cuts every connection',
  hangs: 'takes the connection and never answers',
  error: 'answers the trigger with HTTP 500',
  silent: 'accepts the trigger and never calls back',
  twice: 'sends each callback twice',
  'out-of-order': 'holds each callback back until the next one is sent',
  truncated: 'cuts the JSON of its callback in the middle',
  'wrong-secret': 'calls back with a secret that is not the agreed one',
} as const;

export type Fault = keyof typeof faults;

export const isFault = (name: string): name is Fault => Object.hasOwn(faults, name);
