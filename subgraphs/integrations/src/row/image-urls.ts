import type { FieldReader } from './field-reader.ts';
import { quote } from './row-error.ts';

const mostImages = 20;
const longestUrl = 2_048;
const web = /^https?:\/\//i;
const stored = /^sha256:[0-9a-f]{64}$/i;

const isWebAddress = (url: string): boolean => web.test(url) && URL.canParse(url) && url.isWellFormed();

function clean(raw: string): string {
  const url = raw.trim();
  return stored.test(url) ? url.toLowerCase() : url;
}

/** Addresses of pictures: http and https, and hashes of pictures that were sent to us; each once. None of them is called here. */
export function readImageUrls(
  reader: FieldReader,
  raw: readonly string[] | null | undefined,
): string[] | null | undefined {
  if (raw === undefined || raw === null) return raw;
  const urls = [...new Set(raw.map(clean).filter((url) => url !== ''))];
  if (urls.length > mostImages) {
    reader.fail('TOO_LONG', 'imageUrls', `${urls.length} pictures, ${mostImages} at most.`);
  }
  for (const url of urls) {
    if (url.length > longestUrl)
      reader.fail('TOO_LONG', 'imageUrls', `An address has at most ${longestUrl} characters.`);
    else if (!stored.test(url) && !isWebAddress(url))
      reader.fail(
        'INVALID_URL',
        'imageUrls',
        `${quote(url)} is no address of a picture: it starts with http or https, or is sha256: with the 64 digits of one that was sent.`,
      );
  }
  return urls.length > 0 ? urls : null;
}

/** The hashes of those addresses that name pictures of our own. */
export const hashesOf = (urls: readonly string[] | null | undefined): string[] =>
  (urls ?? []).filter((url) => stored.test(url)).map((url) => url.slice('sha256:'.length));
