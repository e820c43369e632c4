import { z } from 'zod';
import { normaliseUrl } from '../tracked-url/normalise-url.ts';
import type { FoundPage } from './found-page.ts';

const answerSchema = z.object({ results: z.array(z.unknown()) });
const resultSchema = z.object({
  url: z.string(),
  title: z.string(),
  content: z.string().nullish().catch(null),
  thumbnail: z.string().nullish().catch(null),
  img_src: z.string().nullish().catch(null),
});

/** As many as are taken of one answer. */
const mostResults = 50;

/** Text as it can be stored and shown in a line. */
function lineOf(text: string | null | undefined, most: number): string | null {
  const line = (text ?? '')
    .slice(0, 4 * most)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length > most
    ? `${line
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`
    : line || null;
}

/** Engines give pictures without a scheme too. */
const pictureOf = (text: string | null | undefined): string | null =>
  text ? (normaliseUrl(text.startsWith('//') ? `https:${text}` : text)?.url ?? null) : null;

function pageOf(result: unknown): FoundPage | null {
  const read = resultSchema.safeParse(result);
  const address = read.success ? normaliseUrl(read.data.url) : null;
  if (!read.success || !address) return null;
  const { title, content, thumbnail, img_src: image } = read.data;
  return {
    ...address,
    title: lineOf(title, 300) ?? address.host,
    snippet: lineOf(content, 500),
    imageUrl: pictureOf(image) ?? pictureOf(thumbnail),
  };
}

/**
 * The pages in an answer of SearXNG’s search API (`/search?format=json`), each once; what has no form of a result is left
 * out. Null where the whole is no answer of it.
 */
export function readSearxng(text: string): FoundPage[] | null {
  const answer = answerSchema.safeParse(parsed(text));
  if (!answer.success) return null;
  const pages = answer.data.results.slice(0, 4 * mostResults).flatMap((result) => pageOf(result) ?? []);
  return [...new Map(pages.map((page) => [page.url, page])).values()].slice(0, mostResults);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
