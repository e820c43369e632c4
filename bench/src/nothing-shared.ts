import type { GatewaySettings } from '@gastronom/gateway/env';

/** Settings under which no request of ours profits from another. */
export const nothingShared = {
  SUBGRAPH_SHARING: 'false',
  ANSWER_SHARING: 'false',
  ANSWER_CACHE_SECONDS: '0',
} satisfies Partial<Record<keyof GatewaySettings, string>>;
