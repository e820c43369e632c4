/** What is shorter is sent faster as text, in one piece with its headers. */
const worthBytes = 4_096;

/**
 * A long answer as bytes. Sent as text, Node would make room for three bytes a character and look at each; most answers
 * are ASCII and can be copied as they stand.
 */
export function answerBytes(text: string): Buffer | string {
  if (text.length < worthBytes) return text;
  return Buffer.from(text, Buffer.byteLength(text) === text.length ? 'latin1' : 'utf8');
}
