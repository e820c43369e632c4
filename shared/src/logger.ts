import { type Logger, pino } from 'pino';
import { redact } from './redaction.ts';

export type { Logger };

/** What is told of an error beside its message and stack. Not its other members: those of a query are a client's variables. */
const toldOf = ['code', 'constraint', 'table', 'column', 'query', 'statusCode', 'errno', 'syscall', 'details'] as const;

interface ErrorInLog {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause?: ErrorInLog;
  readonly [told: string]: unknown;
}

/** An error as lines show it, its causes within, as deep as people read. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const members = error as Error & Partial<Record<(typeof toldOf)[number], unknown>>;
  const told = toldOf.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]] as const]));
  const { name, message, stack, cause } = error;
  return {
    type: error.constructor.name || name,
    message,
    stack,
    ...Object.fromEntries(told),
    ...(cause instanceof Error && depth < 3 ? { cause: describeError(cause, depth + 1) } : {}),
  } as ErrorInLog;
}

/** JSON lines on stdout. No secret reaches one: each line is looked through as it is written. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => describeError(error) },
    hooks: { streamWrite: redact },
    redact: {
      paths: ['authorization', '*.authorization', 'headers.cookie', '*.headers.cookie', 'variables', '*.variables'],
      censor: '[redacted]',
    },
  });
}
