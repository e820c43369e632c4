/** A page that only sends its visitors on is short. */
const longest = 4_000;
const mostSeconds = 10;

const refresh =
  /<meta\b[^>]{0,200}\bhttp-equiv\s*=\s*["']?refresh\b[^>]{0,200}\bcontent\s*=\s*["']?\s*(\d{1,3})(?:\.\d+)?\s*[;,]\s*url\s*=\s*["']?([^"'>\s]+)/i;

/** Where a page without anything else sends its visitors by `<meta http-equiv="refresh">`; null where it does not. */
export function metaRefreshOf(text: string): string | null {
  if (text.length > longest) return null;
  const [, seconds, address] = refresh.exec(text.replace(/<noscript\b[\s\S]*?<\/noscript>/gi, '')) ?? [];
  return address !== undefined && Number(seconds) <= mostSeconds ? address.replaceAll('&amp;', '&') : null;
}
