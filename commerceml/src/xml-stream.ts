import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';
import { decodeText, type ReadMeter } from './decode-text.ts';
import { ExportError } from './export-error.ts';
import type { FileScan } from './file-scan.ts';
import { XmlElement } from './xml-element.ts';

const deepest = 64;
const longestText = 4 * 1024 * 1024;
const mostElements = 2_000_000;

/** The file cannot be read to its end: cut off, malformed, or built to do harm. */
export class XmlError extends ExportError {
  override readonly code = 'XML';
}

export interface XmlHandlers {
  /** Called for each opened element outside a captured one; true holds the element and passes it to `element` when it closes. */
  open(name: string, attributes: Readonly<Record<string, string>>, path: readonly string[]): boolean;
  element(element: XmlElement, path: readonly string[]): void;
}

/** The encoding that the XML declaration names, unless a byte order mark or the bytes themselves say otherwise. */
export function xmlEncoding(scan: FileScan): string {
  if (scan.encoding !== 'utf-8' || scan.head.subarray(0, 3).toString('hex') === 'efbbbf') return scan.encoding;
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(scan.head.toString('latin1'))?.[1];
  if (!declared) return 'utf-8';
  if (!iconv.encodingExists(declared)) {
    throw new XmlError(
      `${scan.path} declares the encoding "${declared}", which is not known; utf-8 and windows-1251 are`,
    );
  }
  return declared;
}

/** The first text of a file, in its encoding. */
export const headText = (scan: FileScan): string => xmlText(scan, scan.head);

/** Some of a file's bytes as text, in its encoding. */
export const xmlText = (scan: FileScan, bytes: Buffer): string => iconv.decode(bytes, xmlEncoding(scan));

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** Builds the captured elements and keeps every size within bounds. */
class Capture {
  readonly path: string[] = [];
  readonly #open: XmlElement[] = [];
  #elements = 0;
  #textLength = 0;

  constructor(
    private readonly handlers: XmlHandlers,
    private readonly fail: (why: string) => never,
  ) {}

  openTag(name: string, attributes: Record<string, string>, line: number): void {
    if (this.path.length >= deepest) this.fail(`elements are nested deeper than ${deepest}`);
    const parent = this.#open.at(-1);
    if (parent || this.handlers.open(name, attributes, this.path)) {
      if (++this.#elements > mostElements) this.fail('one part of it has more elements than any export needs');
      const element = new XmlElement(name, attributes, line);
      parent?.children.push(element);
      this.#open.push(element);
    }
    this.path.push(name);
  }

  addText(text: string): void {
    const element = this.#open.at(-1);
    if (!element) return;
    this.#textLength += text.length;
    if (this.#textLength > 16 * longestText) this.fail('one part of it has more text than any export needs');
    element.text += text;
  }

  closeTag(): void {
    this.path.pop();
    const element = this.#open.pop();
    if (!element || this.#open.length > 0) return;
    this.#elements = 0;
    this.#textLength = 0;
    this.handlers.element(element, this.path);
  }
}

/**
 * Reads a document piece by piece. No DTD is accepted, so no entity of the file's own can be declared, let alone expanded or
 * fetched; depth, text and element counts are bounded.
 */
export async function streamXml(
  scan: FileScan,
  encoding: string,
  meter: ReadMeter,
  handlers: XmlHandlers,
): Promise<void> {
  for await (const _ of streamXmlSteps(scan, encoding, meter, handlers));
}

/** As `streamXml`, pausing after each chunk so that the caller can pass on what was found. */
export async function* streamXmlSteps(
  scan: FileScan,
  encoding: string,
  meter: ReadMeter,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: true });
  const fail = (why: string): never => {
    throw new XmlError(`${scan.path}, line ${parser.line}: ${why}`);
  };
  const capture = new Capture(handlers, fail);
  let lastEvent = 0;
  const note = () => {
    lastEvent = parser.position;
  };
  parser.on('doctype', () => fail('a DOCTYPE is not accepted'));
  parser.on('error', (error) => fail(`this is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('opentag', (tag) => {
    note();
    capture.openTag(localName(tag.name), tag.attributes as Record<string, string>, parser.line);
  });
  parser.on('closetag', () => {
    note();
    capture.closeTag();
  });
  parser.on('text', (text) => capture.addText(text));
  parser.on('cdata', (text) => capture.addText(text));
  for await (const text of decodeText(scan, encoding, meter)) {
    parser.write(text);
    if (parser.position - lastEvent > longestText) fail('one text is longer than any export needs');
    yield;
  }
  parser.close();
}
