import { ReadMeter } from '@gastronom/commerceml/decode-text';
import { ExportError } from '@gastronom/commerceml/export-error';
import type { FileScan } from '@gastronom/commerceml/file-scan';
import { isTrue, type XmlElement } from '@gastronom/commerceml/xml-element';
import { streamXml, xmlEncoding, xmlText } from '@gastronom/commerceml/xml-stream';
import type { SaleDocument } from '../orders/orders-client.ts';

const order = 'заказ товара';
const mostDocuments = 1_000;

/** The values of a document's requisites, by their names in small letters. */
function requisitesOf(element: XmlElement): ReadonlyMap<string, string> {
  const values = element.list('ЗначенияРеквизитов', 'ЗначениеРеквизита');
  return new Map(
    values.map((value) => [value.value('Наименование')?.toLowerCase() ?? '', value.value('Значение') ?? '']),
  );
}

/** `1,5` and `1 000.000` are quantities too. Undefined for what is none. */
function quantityOf(text: string | undefined): string | undefined {
  const plain = (text ?? '').replaceAll(/\s/g, '').replace(',', '.');
  const match = /^(\d{1,11})(?:\.(\d+))?$/.exec(plain);
  if (!match) return undefined;
  return `${match[1]}.${(match[2] ?? '').slice(0, 3).padEnd(3, '0')}`;
}

function linesOf(element: XmlElement, skus: ReadonlyMap<string, string>): SaleDocument['lines'] {
  return element.list('Товары', 'Товар').flatMap((good) => {
    const id = good.value('Ид');
    const quantity = quantityOf(good.value('Количество'));
    return id === undefined || quantity === undefined ? [] : [{ sku: skus.get(id) ?? id, quantity }];
  });
}

/** What a document of 1C says of one of our orders; undefined for other documents, as payments. */
function saleOf(element: XmlElement, skus: ReadonlyMap<string, string>): SaleDocument | undefined {
  const id = element.value('Ид');
  const operation = element.value('ХозОперация')?.toLowerCase();
  if (id === undefined || (operation !== undefined && operation !== order)) return undefined;
  const requisites = requisitesOf(element);
  const says = (name: string) => isTrue(requisites.get(name));
  return {
    id,
    number: element.value('Номер') ?? null,
    posted: says('проведен'),
    shipped: (requisites.get('дата отгрузки по 1с') ?? '') !== '' || says('отгружен'),
    cancelled: says('пометкаудаления') || says('отменен'),
    lines: linesOf(element, skus),
  };
}

/** Whether the last of a file has come: 1C sends it in pieces and does not say how many. */
export async function isWholeXml(source: FileScan): Promise<boolean> {
  let tail = Buffer.alloc(0);
  for await (const chunk of source.chunks()) tail = Buffer.concat([tail, chunk]).subarray(-400);
  return /<\/[^<>]*КоммерческаяИнформация\s*>\s*$/.test(xmlText(source, tail));
}

/** The documents of a file of sales. Throws an ExportError for what is none. */
export async function readSaleFile(source: FileScan, skus: ReadonlyMap<string, string>): Promise<SaleDocument[]> {
  const documents: SaleDocument[] = [];
  let root = '';
  await streamXml(source, xmlEncoding(source), new ReadMeter(), {
    open(name, _attributes, path) {
      if (path.length === 0) root = name;
      return name === 'Документ';
    },
    element(element) {
      const sale = saleOf(element, skus);
      if (sale) documents.push(sale);
      if (documents.length > mostDocuments)
        throw new ExportError(`${source.path} has more than ${mostDocuments} documents: send fewer at a time`);
    },
  });
  if (root !== 'КоммерческаяИнформация')
    throw new ExportError(`${source.path} is no CommerceML: it begins with <${root}>`);
  return documents;
}
