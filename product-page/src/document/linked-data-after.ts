/** More than any page has. */
const maxScripts = 100;

/** The ld+json scripts of a text from a position on, found without a parser: for the rest of a page that is too deep for one. */
export function linkedDataAfter(text: string, position: number): string[] {
  const found: string[] = [];
  const script = /<script\b[^>]{0,500}>/gi;
  script.lastIndex = position;
  for (let tag = script.exec(text); tag !== null && found.length < maxScripts; tag = script.exec(text)) {
    const start = script.lastIndex;
    const end = text.indexOf('</script', start);
    if (end === -1) break;
    if (/\btype\s*=\s*["']?application\/ld\+json\b/i.test(tag[0])) found.push(text.slice(start, end));
    script.lastIndex = end;
  }
  return found;
}
