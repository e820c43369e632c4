import { type Logger, pino } from 'pino';

export type { Logger };

/** JSON lines on stdout. Headers that carry credentials never reach a line. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['authorization', '*.authorization', 'headers.cookie', '*.headers.cookie'], censor: '[redacted]' },
  });
}
