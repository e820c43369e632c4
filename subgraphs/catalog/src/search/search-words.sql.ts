/** The words of a document that are worth knowing: those of name, brand and category. */
export const words = (document: string): string => `tsvector_to_array(ts_filter(${document}, '{a,b}')) AS words`;

/** Rows for `search_words`, out of a query that gives `words`; sorted, so that two writers cannot deadlock. */
export const newWords = (documents: string): string => `
  SELECT word FROM (SELECT DISTINCT unnest(words) COLLATE "C" AS word FROM (${documents}) AS documents) AS met
  WHERE NOT EXISTS (SELECT FROM search_words known WHERE known.word = met.word)
  ORDER BY word
  ON CONFLICT (word) DO NOTHING`;
