import type { ReadMeter } from '@gastronom/commerceml/decode-text';
import { ExportError } from '@gastronom/commerceml/export-error';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import type { Notices } from '@gastronom/commerceml/notices';
import type { XmlElement } from '@gastronom/commerceml/xml-element';
import { streamXmlSteps, XmlError } from '@gastronom/commerceml/xml-stream';
import iconv from 'iconv-lite';
import type { PriceListRow, ReadingOptions } from '../price-list-row.ts';
import { type CatalogueHeader, catalogueRow } from './catalogue-line.ts';
import { LineFaults } from './line-fault.ts';
import { periodOf } from './line-prices.ts';

const namespace = 'urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2';

/** True for the beginning of a UBL Catalogue, in an envelope (SBDH) or not. */
export const isCatalogue = (head: string): boolean =>
  head.includes(namespace) || /<([\w-]+:)?Catalogue[\s>]/.test(head);

/** The encoding that a catalogue declares, UTF-8 without one; bytes that are not in it are refused, never garbled. */
export function catalogueEncoding({ path, head, encoding, damaged }: FileScan): string {
  if (encoding.startsWith('utf-16')) return encoding;
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
  if (!iconv.encodingExists(declared))
    throw new XmlError(`${path} declares the encoding "${declared}", which is not known; UTF-8 is expected`);
  if (/^utf-?8$/i.test(declared) && (damaged || encoding !== 'utf-8'))
    throw new XmlError(
      `${path} should be UTF-8 and holds bytes that are not: save it as UTF-8, or declare its encoding`,
    );
  return declared;
}

/** Reads what stands before the lines, and hands each line over as it ends. */
class CatalogueParts {
  ready: XmlElement[] = [];
  lines = 0;
  #isDeleted = false;
  #period: XmlElement | undefined;
  #isReplaced = true;

  readonly open = (name: string, _: unknown, path: readonly string[]): boolean =>
    path.at(-1) === 'Catalogue' && ['CatalogueLine', 'ActionCode', 'ValidityPeriod'].includes(name);

  readonly element = (element: XmlElement): void => {
    if (element.name === 'CatalogueLine') {
      this.ready.push(element);
      this.lines += 1;
    } else if (element.name === 'ValidityPeriod') this.#period = element;
    else {
      const action = element.text.trim().toLowerCase();
      this.#isDeleted = action === 'delete';
      this.#isReplaced = action === 'replace';
    }
  };

  take(): XmlElement[] {
    const taken = this.ready;
    this.ready = [];
    return taken;
  }

  header(file: string, { timeZone }: ReadingOptions, notices: Notices): CatalogueHeader {
    const period = periodOf(this.#period, new LineFaults(), timeZone) ?? {};
    return { file, timeZone, notices, period, isDeleted: this.#isDeleted };
  }

  /** `Replace`, also where nothing is said, means that what the catalogue leaves out is gone. */
  get leavesOthers(): boolean {
    return this.#isReplaced;
  }
}

/** The lines of a UBL 2.1 Catalogue, as Peppol BIS Catalogue 3 has it. */
export async function* readCatalogue(
  scan: FileScan,
  encoding: string,
  options: ReadingOptions,
  notices: Notices,
  meter: ReadMeter,
): AsyncGenerator<PriceListRow> {
  const parts = new CatalogueParts();
  let header: CatalogueHeader | undefined;
  const rows = () => {
    const lines = parts.take();
    if (lines.length > 0) header ??= parts.header(scan.path, options, notices);
    return lines.map((line) => catalogueRow(line, header as CatalogueHeader));
  };
  for await (const _ of streamXmlSteps(scan, encoding, meter, parts)) yield* rows();
  yield* rows();
  if (parts.lines === 0) throw new ExportError(`${scan.path}: a Peppol Catalogue without lines`);
  if (parts.leavesOthers)
    notices.add(
      'the catalogue stands for an earlier one: offers that it leaves out stay as they are, Delete takes one off',
    );
}
