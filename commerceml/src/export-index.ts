import { Classifier } from './classifier.ts';
import type { ReadMeter } from './decode-text.ts';
import { ExportError } from './export-error.ts';
import type { FileScan } from './file-scan.ts';
import type { Notices } from './notices.ts';
import { baseIdOf, currencyOf, mergeOffers, type Offer, type PriceType, readOffer } from './offer.ts';
import type { FileParts, WarehouseItem } from './row.ts';
import { isTrue, type XmlElement } from './xml-element.ts';
import { streamXml } from './xml-stream.ts';

/** One file of the export. */
export interface ExportFile {
  scan: FileScan;
  encoding: string;
}

/** Which of several prices to take. */
export interface PriceTypeWish {
  /** Name or Ид; the first type by default. */
  priceType: string | undefined;
  /** Where a person says which, as `--price-type`. */
  priceTypeSetting: string;
}

const listed: Record<string, string> = {
  ТипЦены: 'ТипыЦен',
  Склад: 'Склады',
  Свойство: 'Свойства',
  Предложение: 'Предложения',
};

/** Which of a file's parts an element begins. */
const partBegins: Record<string, (parts: FileParts, areChanges: boolean | undefined) => void> = {
  Классификатор: (parts) => {
    parts.hasClassifier = true;
  },
  Каталог: (parts, areChanges) => {
    parts.hasGoods = true;
    parts.goodsAreChanges = anyChanges([parts.goodsAreChanges, areChanges]);
  },
  ПакетПредложений: takeOffers,
  ИзмененияПакетаПредложений: takeOffers,
};

function takeOffers(parts: FileParts, areChanges: boolean | undefined): void {
  parts.hasOffers = true;
  parts.offersAreChanges = anyChanges([parts.offersAreChanges, areChanges]);
}

/** Any part that holds only changes makes the whole unfit for a snapshot. */
function anyChanges(said: readonly (boolean | undefined)[]): boolean | undefined {
  if (said.includes(true)) return true;
  return said.includes(false) ? false : undefined;
}

const noParts = (): FileParts => ({
  hasClassifier: false,
  hasGoods: false,
  hasOffers: false,
  goodsAreChanges: undefined,
  offersAreChanges: undefined,
});

/**
 * The first pass: groups, price types, warehouses and all offers, by the good they belong to. Offers are held in memory, some
 * hundred bytes each, because 1C writes them in a file and an order of their own; goods are not.
 */
export class ExportIndex {
  readonly classifier = new Classifier();
  readonly warehouses = new Map<string, WarehouseItem>();
  readonly priceTypes: PriceType[] = [];
  readonly catalogues: ExportFile[] = [];
  readonly offers = new Map<string, Map<string, Offer>>();
  readonly files = new Map<string, FileParts>();

  constructor(
    private readonly wanted: PriceTypeWish,
    private readonly notices: Notices,
    private readonly allowsEmpty = false,
  ) {}

  async add(file: ExportFile, meter: ReadMeter): Promise<void> {
    const parts = noParts();
    this.files.set(file.scan.path, parts);
    await streamXml(file.scan, file.encoding, meter, {
      open: (name, attributes, path) => {
        const said = attributes.СодержитТолькоИзменения;
        if (path.length < 2) partBegins[name]?.(parts, said === undefined ? undefined : isTrue(said));
        if (name === 'Группы') return path.at(-1) === 'Классификатор';
        return listed[name] !== undefined && path.at(-1) === listed[name];
      },
      element: (element) => this.#take(element, file.scan.path),
    });
    if (parts.hasGoods) this.catalogues.push(file);
    else if (!parts.hasClassifier && !parts.hasOffers && !this.allowsEmpty)
      this.notices.add(`${file.scan.path} holds neither goods nor offers and was passed over`);
  }

  get holdsOnlyChanges(): boolean | undefined {
    return anyChanges([...this.files.values()].flatMap((parts) => [parts.goodsAreChanges, parts.offersAreChanges]));
  }

  #take(element: XmlElement, file: string): void {
    if (element.name === 'Группы') this.classifier.addGroups(element);
    else if (element.name === 'Свойство') this.classifier.addProperty(element);
    else if (element.name === 'ТипЦены') this.#addPriceType(element);
    else if (element.name === 'Склад') this.#addWarehouse(element);
    else this.#addOffer(element, file);
  }

  #addPriceType(element: XmlElement): void {
    const id = element.value('Ид');
    if (!id || this.priceTypes.some((type) => type.id === id)) return;
    this.priceTypes.push({
      id,
      name: element.value('Наименование') ?? id,
      currency: currencyOf(element.value('Валюта')),
    });
  }

  #addWarehouse(element: XmlElement): void {
    const externalId = element.value('Ид');
    if (!externalId || this.warehouses.has(externalId)) return;
    const address = element.child('Адрес')?.value('Представление');
    this.warehouses.set(externalId, { externalId, name: element.value('Наименование') ?? externalId, address });
  }

  #addOffer(element: XmlElement, file: string): void {
    const offer = readOffer(element, { file, line: element.line }, this.priceType());
    if (!offer) {
      this.notices.add('an offer without Ид was passed over');
      return;
    }
    const base = baseIdOf(offer.id);
    const siblings = this.offers.get(base) ?? new Map<string, Offer>();
    const earlier = siblings.get(offer.id);
    siblings.set(offer.id, earlier ? mergeOffers(earlier, offer) : offer);
    this.offers.set(base, siblings);
  }

  /** Characteristics that an earlier export told, unless this one tells all that there are of the same goods. */
  addKnown(offers: readonly Offer[]): void {
    const areChanges = [...this.files.values()].some(
      ({ hasOffers, offersAreChanges }) => hasOffers && offersAreChanges !== false,
    );
    const told = new Set(this.offers.keys());
    for (const offer of offers) {
      const base = baseIdOf(offer.id);
      const siblings = this.offers.get(base) ?? new Map<string, Offer>();
      if ((told.has(base) && !areChanges) || siblings.has(offer.id)) continue;
      this.offers.set(base, siblings.set(offer.id, offer));
    }
  }

  /** The price type asked for, by name or Ид, or else the first one declared. */
  priceType(): PriceType | undefined {
    const wanted = this.wanted.priceType?.trim().toLowerCase();
    if (!wanted) return this.priceTypes[0];
    const found = this.priceTypes.find(
      (type) => type.name.toLowerCase() === wanted || type.id.toLowerCase() === wanted,
    );
    return found ?? { id: wanted, name: wanted, currency: undefined };
  }

  /** Throws when none of the export's types is the one asked for. */
  checkPriceType(): void {
    const chosen = this.priceType();
    if (!chosen || this.priceTypes.length === 0) return;
    const list = this.priceTypes.map((type) => `"${type.name}"`).join(', ');
    if (!this.priceTypes.includes(chosen)) {
      throw new ExportError(`no price type "${this.wanted.priceType}" in this export; it has ${list}`);
    }
    if (!this.wanted.priceType && this.priceTypes.length > 1) {
      this.notices.add(`prices are "${chosen.name}"; ${this.wanted.priceTypeSetting} chooses among ${list}`);
    }
  }
}
