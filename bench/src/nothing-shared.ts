/** Settings under which no request of ours profits from another. */
export const nothingShared: Readonly<Record<string, string>> = {
  SHARE_SUBGRAPH_QUERIES: 'false',
  ANSWER_SHARING: 'false',
  ANSWER_CACHE_SECONDS: '0',
};
