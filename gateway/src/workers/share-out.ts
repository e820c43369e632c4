import type { GatewaySettings } from '../env.ts';

/** A subgraph with fewer connections would wait for itself. */
const leastConnections = 3;

/**
 * What one of several workers may take of what is bounded for all of them. New connections go to each in turn, so that an
 * equal part is what each needs.
 */
export function shareOut(settings: GatewaySettings, workers: number): GatewaySettings {
  if (workers === 1) return settings;
  const part = (whole: number, least = 1) => Math.min(whole, Math.max(least, Math.ceil(whole / workers)));
  return {
    ...settings,
    DATABASE_POOL_SIZE: part(settings.DATABASE_POOL_SIZE, leastConnections),
    MAX_CONNECTIONS: part(settings.MAX_CONNECTIONS),
    MAX_CONNECTIONS_PER_ADDRESS: part(settings.MAX_CONNECTIONS_PER_ADDRESS),
    MAX_REQUESTS_IN_FLIGHT: part(settings.MAX_REQUESTS_IN_FLIGHT),
    BODIES_IN_HAND_MB: part(settings.BODIES_IN_HAND_MB, settings.UPLOAD_LIMIT_MB),
    LIVE_TOTAL: part(settings.LIVE_TOTAL),
  };
}

/** The pools of a process: its subgraphs', and the job queue's, which is smaller. */
const pools = 8;

/** How many connections all workers may have to the database together, while one of them is replaced. */
export const connectionsOf = (settings: GatewaySettings): number =>
  (settings.WORKERS + 1) * pools * shareOut(settings, settings.WORKERS).DATABASE_POOL_SIZE;
