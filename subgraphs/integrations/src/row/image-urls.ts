import type { FieldReader } from './field-reader.ts';
import { quote } from './row-error.ts';

const mostImages = 20;
const longestUrl = 2_048;
const web = /^https?:\/\//i;

/** Addresses of pictures: http and https alone, each once. None of them is called here. */
export function readImageUrls(
  reader: FieldReader,
  raw: readonly string[] | null | undefined,
): string[] | null | undefined {
  if (raw === undefined || raw === null) return raw;
  const urls = [...new Set(raw.map((url) => url.trim()).filter((url) => url !== ''))];
  if (urls.length > mostImages) {
    reader.fail('TOO_LONG', 'imageUrls', `${urls.length} pictures, ${mostImages} at most.`);
  }
  for (const url of urls) {
    if (url.length > longestUrl)
      reader.fail('TOO_LONG', 'imageUrls', `An address has at most ${longestUrl} characters.`);
    else if (!web.test(url) || !URL.canParse(url) || !url.isWellFormed())
      reader.fail(
        'INVALID_URL',
        'imageUrls',
        `${quote(url)} is no address of a picture: it starts with http or https.`,
      );
  }
  return urls.length > 0 ? urls : null;
}
