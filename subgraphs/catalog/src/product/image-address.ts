const scheme = 'sha256:';
const stored = /^sha256:[0-9a-f]{64}$/;
const place = '/images/';

/** The address under which a picture is found: our own are stored by their hash, so that the shop may move. */
export const shownAddress = (stored: string, publicUrl: string): string =>
  stored.startsWith(scheme) ? `${publicUrl}${place}${stored.slice(scheme.length)}` : stored;

/** What is stored of an address that a client read before, or of a hash. */
export function storedAddress(shown: string, publicUrl: string): string {
  const prefix = `${publicUrl}${place}`;
  const address = shown.startsWith(prefix) ? scheme + shown.slice(prefix.length) : shown;
  return stored.test(address.toLowerCase()) ? address.toLowerCase() : shown;
}
