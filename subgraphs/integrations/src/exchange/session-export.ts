import { isCommerceml, openCommerceml } from '@gastronom/commerceml/commerceml-reader';
import { ExportError } from '@gastronom/commerceml/export-error';
import { type FileScan, scan } from '@gastronom/commerceml/file-scan';
import { Notices } from '@gastronom/commerceml/notices';
import type { ExportInput, FileParts } from '@gastronom/commerceml/row';
import { headText } from '@gastronom/commerceml/xml-stream';
import type { IntegrationsContext } from '../context.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeKnownRepository, type Variant } from './exchange-known.repository.ts';
import { isData, pictureKey } from './file-name.ts';

/** All that a session has brought so far, read together, so that goods find their offers and offers their goods. */
export interface SessionExport {
  readonly input: ExportInput;
  readonly notices: Notices;
  readonly files: readonly ExchangeFileEntity[];
  /** What the file holds that is being imported. */
  readonly parts: FileParts;
  /** The characteristics that were known before. */
  readonly variants: readonly Variant[];
  /** SKUs of goods that came before, by their Ид; undefined where the Ид is the SKU. */
  readonly skus: ReadonlyMap<string, string> | undefined;
}

function refuseForeign(file: FileScan): void {
  const head = headText(file);
  if (isCommerceml(head)) return;
  const root = /<([^\s?!/>]+)/.exec(head)?.[1];
  const what = root === undefined ? 'no XML' : `XML but not CommerceML: its first element is <${root.slice(0, 60)}>`;
  // A DOCTYPE in front of a good root is told as such by the reader.
  if (!/<!doctype/i.test(head)) throw new ExportError(`${file.path} is ${what}`);
}

const place = { file: '', line: 0 };
const asOffer = (variant: Variant) => ({ ...variant, files: [], place, stocks: [], removed: false });

interface Reading {
  readonly notices: Notices;
  readonly variants: readonly Variant[];
  readonly pictures: ReadonlyMap<string, string>;
}

/** Opens the exports of a session as one. */
export class SessionExportOpener {
  readonly #context: IntegrationsContext;
  readonly #files: ExchangeFileRepository;
  readonly #known: ExchangeKnownRepository;

  constructor(context: IntegrationsContext) {
    this.#context = context;
    this.#files = new ExchangeFileRepository(context.manager);
    this.#known = new ExchangeKnownRepository(context.manager);
  }

  /** Throws an ExportError for what is wrong with the file; other files that cannot be read are left aside. */
  async open(file: ExchangeFileEntity): Promise<SessionExport> {
    const itsScan = await this.#scan(file);
    refuseForeign(itsScan);
    const files = await this.#files.listOfSessions([file.sessionId]);
    const others = await this.#scanAll(files.filter(({ id, name }) => id !== file.id && isData(name)));
    const variants = await this.#known.listVariants();
    const pictures = await this.#known.listPictures();
    const { input, notices } = await this.#readWith(itsScan, others, { variants, pictures });
    const parts = input.files.get(file.name);
    if (!parts) throw new Error(`the export says nothing of ${file.name}`);
    const { skuSource } = this.#context.settings.exchange;
    const skus = skuSource === 'id' ? undefined : await this.#known.listSkus();
    return { input, notices, files, parts, variants, skus };
  }

  /** All files at once, which costs one reading of each; only when one is broken is it found out which. */
  async #readWith(
    file: FileScan,
    others: readonly FileScan[],
    known: Omit<Reading, 'notices'>,
  ): Promise<{ input: ExportInput; notices: Notices }> {
    const read = async (scans: readonly FileScan[]) => {
      const notices = new Notices();
      return { input: await this.#read(scans, { ...known, notices }), notices };
    };
    try {
      return await read([file, ...others]);
    } catch (error) {
      if (!(error instanceof ExportError) || others.length === 0) throw error;
    }
    await read([file]);
    const sound: FileScan[] = [];
    for (const other of others) if (await isReadable(() => read([other]))) sound.push(other);
    return read([file, ...sound]);
  }

  #scan({ id, name }: ExchangeFileEntity): Promise<FileScan> {
    return scan({ path: name, chunks: () => this.#files.read(id) });
  }

  /** A file that is not there in full yet, or is no export, is told of when its own turn comes. */
  async #scanAll(files: readonly ExchangeFileEntity[]): Promise<FileScan[]> {
    const scans: FileScan[] = [];
    for (const file of files) {
      if (file.state === 'FAILED') continue;
      await isReadable(async () => {
        const found = await this.#scan(file);
        refuseForeign(found);
        scans.push(found);
      });
    }
    return scans;
  }

  #read(scans: readonly FileScan[], { notices, variants, pictures }: Reading): Promise<ExportInput> {
    const { priceType, skuSource } = this.#context.settings.exchange;
    const pictureAddress = (name: string) => {
      const sha256 = pictures.get(pictureKey(name));
      return sha256 && `sha256:${sha256}`;
    };
    const options = {
      encoding: undefined,
      priceType,
      priceTypeSetting: 'EXCHANGE_PRICE_TYPE',
      skuSource,
      allowsEmpty: true,
      offersMayFollow: true,
      knownOffers: variants.map(asOffer),
      pictureAddress,
    };
    return openCommerceml(scans, options, notices);
  }
}

async function isReadable(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof ExportError) return false;
    throw error;
  }
}
