import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Notices } from '@gastronom/commerceml/notices';
import type { ProductItem } from '@gastronom/commerceml/row';
import type { ImageClient, Sent } from '../image-client.ts';
import type { PictureFiles } from '../reader/picture-files.ts';
import { InFlight } from './in-flight.ts';

/** What became of the pictures of this call; the server knows those of the call before that was cut off. */
export interface PictureCounts {
  sent: number;
  known: number;
  refused: number;
}

const atATime = 4;
const mostNamed = 20;

/** Brings the pictures of goods to the server before the goods that name them. */
export class PictureSender {
  readonly counts: PictureCounts = { sent: 0, known: 0, refused: 0 };
  readonly #sending = new Map<string, Promise<Sent>>();
  readonly #inFlight = new InFlight(atATime);

  constructor(
    private readonly files: PictureFiles,
    private readonly client: ImageClient,
    private readonly notices: Notices,
  ) {}

  /** The goods, without those of their pictures that the server refuses: it says why, and the goods go on. */
  async sendOf(items: readonly ProductItem[]): Promise<ProductItem[]> {
    const refused = new Set<string>();
    await Promise.all(
      items
        .flatMap(({ imageUrls }) => imageUrls ?? [])
        .map(async (address) => {
          const sent = await this.#send(address);
          if (sent?.outcome === 'refused') refused.add(address);
        }),
    );
    if (refused.size === 0) return [...items];
    return items.map((item) => {
      const left = item.imageUrls?.filter((address) => !refused.has(address));
      return left && left.length < (item.imageUrls?.length ?? 0) ? { ...item, imageUrls: left } : item;
    });
  }

  /** Goods name a picture by a hash, and nobody has its bytes. */
  noteUnknown(): void {
    this.notices.add('goods name pictures by a sha256 that the server was not sent: they show once it is');
  }

  /** Each picture once, however many goods show it. */
  #send(address: string): Promise<Sent> | undefined {
    const path = this.files.pathOf(address);
    if (!path) return undefined;
    const sending = this.#sending.get(address) ?? this.#sendFile(address, path);
    this.#sending.set(address, sending);
    return sending;
  }

  async #sendFile(address: string, path: string): Promise<Sent> {
    const sent = await this.#inTurn(() => this.client.send(address.slice('sha256:'.length), () => readFile(path)));
    this.counts[sent.outcome] += 1;
    if (sent.outcome === 'refused' && this.counts.refused <= mostNamed)
      this.notices.add(`the server refused the picture ${basename(path)}: ${sent.reason}`);
    return sent;
  }

  async #inTurn<T>(task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#inFlight.add(() => task().then(resolve, reject)).catch(reject);
    });
  }
}
