import iconv from 'iconv-lite';
import { ReadMeter } from './decode-text.ts';
import { ExportError } from './export-error.ts';
import { type ExportFile, ExportIndex, type PriceTypeWish } from './export-index.ts';
import type { FileScan } from './file-scan.ts';
import { type GoodContext, goodRow, skuOf, stocksOf } from './good.ts';
import type { Notices } from './notices.ts';
import { baseIdOf, type Offer } from './offer.ts';
import type { ExportInput, InputRow, WarehouseQuantity } from './row.ts';
import type { XmlElement } from './xml-element.ts';
import { streamXmlSteps, xmlEncoding } from './xml-stream.ts';

export interface CommercemlOptions
  extends PriceTypeWish,
    Pick<GoodContext, 'skuSource' | 'pictureAddress' | 'offersMayFollow'> {
  /** In place of what the files say. */
  encoding: string | undefined;
  /** An export without goods and offers is no mistake, nor is a file that has no part in it. */
  allowsEmpty?: boolean;
  /** Characteristics that an earlier export told. */
  knownOffers?: readonly Offer[];
}

const formedAt = (head: string) => /ДатаФормирования\s*=\s*"([^"]*)"/.exec(head)?.[1] ?? '';

function headText({ scan, encoding }: ExportFile): string {
  return iconv.decode(scan.head, encoding);
}

/** Newest first, then the fuller: of a good that stands in two files, the first is taken. */
function newestFirst(files: readonly ExportFile[]): ExportFile[] {
  const dated = files.map((file) => ({ file, at: formedAt(headText(file)), size: file.scan.bytes }));
  return dated.sort((a, b) => b.at.localeCompare(a.at) || b.size - a.size).map(({ file }) => file);
}

/** True for an XML file whose root is one of CommerceML's. */
export const isCommerceml = (head: string) => /<([\w-]+:)?(КоммерческаяИнформация|Классификатор)[\s>]/.test(head);

/** The second pass: goods as they come, each joined with its offers; then the offers whose goods no file holds. */
class GoodsReader {
  readonly #seen = new Set<string>();
  readonly #used = new Set<string>();

  constructor(
    private readonly index: ExportIndex,
    private readonly context: GoodContext,
  ) {}

  async *read(meter: ReadMeter): AsyncGenerator<InputRow> {
    for (const file of this.index.catalogues) {
      let ready: InputRow[] = [];
      const steps = streamXmlSteps(file.scan, file.encoding, meter, {
        open: (name, _, path) => name === 'Товар' && path.at(-1) === 'Товары' && path.at(-2) === 'Каталог',
        element: (element) => {
          ready.push(...this.#good(element, file.scan.path));
        },
      });
      for await (const _ of steps) {
        yield* ready;
        ready = [];
      }
      yield* ready;
    }
    for (const [base, offers] of this.index.offers) {
      if (this.#used.has(base)) continue;
      for (const offer of offers.values()) if (offer.files.length > 0) yield* this.#loneOffer(offer);
    }
  }

  *#good(good: XmlElement, file: string): Generator<InputRow> {
    const place = { file, line: good.line };
    const id = good.value('Ид');
    if (!id) {
      yield {
        kind: 'unreadable',
        place,
        reason: 'the good has no Ид',
        field: 'sku',
        row: good.value('Наименование') ?? null,
      };
      return;
    }
    if (this.#seen.has(id)) {
      this.context.notices.add('a good that stands in several files was taken from the newest of them');
      return;
    }
    this.#seen.add(id);
    this.#used.add(baseIdOf(id));
    const offers = this.index.offers.get(baseIdOf(id));
    const own = id.includes('#') ? [offers?.get(id)] : [...(offers?.values() ?? [])];
    if (own.length === 0) own.push(undefined);
    for (const offer of own) yield goodRow(good, id, offer, place, this.context);
  }

  *#loneOffer(offer: Offer): Generator<InputRow> {
    const { place } = offer;
    const sku = skuOf(offer.id, offer.article, undefined, this.context);
    const stocks = stocksOf(offer, this.context.warehouses);
    if (offer.name) {
      const [stock, ...furtherStock] = stocks;
      const { name, barcode, price, currency } = offer;
      const item = { sku, barcode, name, price, currency, stockQuantity: stock?.quantity, warehouse: stock?.warehouse };
      yield {
        kind: 'product',
        place,
        item: { ...item, removed: offer.removed || undefined },
        furtherStock: furtherStock as WarehouseQuantity[],
        offer,
      };
      return;
    }
    if (offer.price !== undefined) {
      yield { kind: 'price', place, item: { sku, price: offer.price, currency: offer.currency }, offer };
    }
    for (const { warehouse, quantity } of stocks)
      yield { kind: 'stock', place, item: { sku, quantity }, warehouse, offer };
  }
}

/** Opens an export of one or more files. All of them are read once here, so that a broken one is known before a row is sent. */
export async function openCommerceml(
  scans: readonly FileScan[],
  options: CommercemlOptions,
  notices: Notices,
): Promise<ExportInput> {
  const files = newestFirst(scans.map((scan) => ({ scan, encoding: options.encoding ?? xmlEncoding(scan) })));
  const index = new ExportIndex(options, notices, options.allowsEmpty);
  const meter = new ReadMeter();
  for (const file of files) await index.add(file, meter);
  index.addKnown(options.knownOffers ?? []);
  index.checkPriceType();
  if (!options.allowsEmpty && index.catalogues.length === 0 && index.offers.size === 0) {
    throw new ExportError(
      `${scans.map((scan) => scan.path).join(', ')}: CommerceML without goods or offers; import.xml and offers.xml are expected`,
    );
  }
  const { classifier, warehouses } = index;
  const offersMayFollow = options.offersMayFollow && ![...index.files.values()].some(({ hasOffers }) => hasOffers);
  const context = { ...options, classifier, warehouses, notices, offersMayFollow };
  meter.bytes = 0;
  return {
    warehouses: [...index.warehouses.values()],
    categories: index.classifier.categories,
    holdsOnlyChanges: index.holdsOnlyChanges,
    files: index.files,
    totalBytes: index.catalogues.reduce((sum, file) => sum + file.scan.bytes, 0),
    bytesRead: () => meter.bytes,
    rows: () => new GoodsReader(index, context).read(meter),
  };
}
