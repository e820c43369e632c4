type Decoder = InstanceType<typeof TextDecoder>;

/** How far into a page its own word on its encoding is looked for, in bytes. */
const declaredWithin = 4_096;

/** Names that are met with and that the Encoding Standard does not list. */
const otherNames: Readonly<Record<string, string>> = {
  'win-1251': 'windows-1251',
  windows1251: 'windows-1251',
  'cp-1251': 'windows-1251',
  windows1252: 'windows-1252',
  utf8mb4: 'utf-8',
  shiftjis: 'shift_jis',
  'gb-2312': 'gbk',
  cp949: 'euc-kr',
  cp936: 'gbk',
  cp932: 'shift_jis',
  iso8859_1: 'windows-1252',
};

function decoderOf(label: string | undefined): Decoder | null {
  const name = label?.trim().toLowerCase();
  if (!name) return null;
  try {
    return new TextDecoder(otherNames[name] ?? name);
  } catch (error) {
    // A name that nobody knows says nothing.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function byMark(bytes: Uint8Array): Decoder | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder('utf-8');
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  return null;
}

/** Encodings whose pages can be UTF-8 by their bytes and are not by their sense. */
const looksLikeUtf8 = /^(utf-16|iso-2022)/;

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const charsetOf = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1];

/** What the page says itself: `<meta charset>`, `<meta http-equiv content>`, or the XML declaration. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, declaredWithin));
  const xml = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
  if (xml) return xml;
  const meta = /<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  // A page in which these letters can be read is not in UTF-16, whatever it says.
  return meta && /^utf-?16/i.test(meta) ? 'utf-8' : meta;
}

/**
 * The text of a page from its bytes. Its encoding is, in this order: that of its byte order mark, UTF-8 where the bytes
 * are, that of the Content-Type header, that which the page names itself, windows-1252.
 */
export function decodePage(bytes: Uint8Array, contentType?: string): string {
  const marked = byMark(bytes);
  if (marked) return marked.decode(bytes);
  const byHeader = decoderOf(charsetOf(contentType));
  const utf8 = byHeader && looksLikeUtf8.test(byHeader.encoding) ? null : asUtf8(bytes);
  if (utf8 !== null) return utf8;
  const decoder = byHeader ?? decoderOf(declaredIn(bytes)) ?? new TextDecoder('windows-1252');
  return decoder.decode(bytes);
}
