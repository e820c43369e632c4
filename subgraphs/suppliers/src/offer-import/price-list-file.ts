import { ExportError } from '@gastronom/commerceml/export-error';
import { scan } from '@gastronom/commerceml/file-scan';
import { Notices } from '@gastronom/commerceml/notices';
import { openPriceList, type PriceListFormat } from '@gastronom/pricelist/open-price-list';
import type { OfferItem, PriceItem, PriceListRow } from '@gastronom/pricelist/price-list-row';
import { DomainError } from '@gastronom/shared/domain-error';
import type { GivenRow } from '../offer-upsert/offer-upsert.service.ts';

/** More are for the command line, which sends a file in as many calls as it takes. */
export const mostFileRows = 20_000;

export interface PriceListFile {
  readonly format: PriceListFormat;
  readonly rows: readonly GivenRow[];
  readonly notices: readonly string[];
}

const chunkBytes = 64 * 1024;

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

const momentOf = (text: string | null | undefined) => (text ? new Date(text) : text) as Date | null | undefined;

const priceOf = ({ validFrom, validUntil, ...price }: PriceItem) => ({
  ...price,
  validFrom: momentOf(validFrom),
  validUntil: momentOf(validUntil),
});

const itemOf = ({ availabilityUntil, prices, ...item }: OfferItem): GivenRow['item'] => ({
  ...item,
  availabilityUntil: momentOf(availabilityUntil),
  prices: prices?.map(priceOf),
});

const givenRow = ({ place, item, errors }: PriceListRow): GivenRow => ({
  line: place.line,
  item: itemOf(item),
  ...(errors.length > 0 ? { errors } : {}),
});

/** Reads a price list to its end, so that one that breaks off changes nothing. What is wrong with it is told to who sent it. */
export async function readPriceListFile(
  body: Buffer,
  options: { readonly timeZone: string; readonly encoding: string | undefined },
): Promise<PriceListFile> {
  const notices = new Notices();
  try {
    const scanned = await scan({ path: 'The file', chunks: () => chunksOf(body) });
    const list = await openPriceList(scanned, options, notices);
    const rows: GivenRow[] = [];
    for await (const row of list.rows()) {
      if (rows.push(givenRow(row)) > mostFileRows) throw tooManyRows;
    }
    return { format: list.format, rows, notices: notices.list() };
  } catch (error) {
    if (error instanceof ExportError) throw new DomainError('BAD_REQUEST', `${error.message}.`);
    throw error;
  }
}

const tooManyRows = new DomainError(
  'PAYLOAD_TOO_LARGE',
  `A file may have ${mostFileRows} rows: send it in parts, or by \`manage offers\`.`,
);
