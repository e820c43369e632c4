import { z } from 'zod';

const seconds = (usual: number, most = 3_600) => z.coerce.number().min(0.05).max(most).default(usual);
const count = (usual: number) => z.coerce.number().int().min(0).max(1_000_000).default(usual);

/** The settings of live queries, as variables. */
export const liveVariables = {
  LIVE_LOOK_SECONDS: seconds(30),
  LIVE_DEBOUNCE_MS: z.coerce.number().int().min(0).max(60_000).default(250),
  LIVE_HEARTBEAT_SECONDS: seconds(15, 60),
  LIVE_SLOW_READER_SECONDS: seconds(30),
  LIVE_STREAM_MINUTES: z.coerce.number().min(0.01).max(1_440).default(60),
  LIVE_PER_CALLER: count(50),
  LIVE_PER_ADDRESS: count(200),
  LIVE_TOTAL: count(10_000),
};

export type LiveSettings = z.infer<z.ZodObject<typeof liveVariables>>;
