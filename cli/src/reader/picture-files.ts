import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import type { Notices } from '@gastronom/commerceml/notices';

const hash = /^sha256:[0-9a-f]{64}$/i;
/** No server takes more in one body. */
const mostBytes = 200 * 1024 * 1024;

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Pictures that rows name by their files, each under the hash of its bytes. */
export class PictureFiles {
  readonly #byAddress = new Map<string, string>();
  readonly #byName = new Map<string, string | undefined>();
  readonly #folders: readonly string[];

  constructor(
    paths: readonly string[],
    private readonly notices: Notices,
  ) {
    this.#folders = [...new Set(paths.map((path) => realpathSync(dirname(resolve(path)))))];
  }

  /** `sha256:…` of a picture beside the files that name it; undefined where there is none. */
  readonly addressOf = (name: string): string | undefined => {
    if (hash.test(name)) return name.toLowerCase();
    if (!this.#byName.has(name)) this.#byName.set(name, this.#find(name));
    return this.#byName.get(name);
  };

  /** The file behind an address; undefined for one that stood in a row itself. */
  pathOf(address: string): string | undefined {
    return this.#byAddress.get(address);
  }

  #find(name: string): string | undefined {
    const path = this.#pathIn(name.replaceAll('\\', '/'));
    if (!path) return undefined;
    if (statSync(path).size > mostBytes) {
      this.notices.add(`the picture ${name.slice(0, 100)} is larger than any server takes`);
      return undefined;
    }
    const address = `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    this.#byAddress.set(address, path);
    return address;
  }

  /** A row is no reason to read what lies elsewhere, be it by `..` or by a link. */
  #pathIn(name: string): string | undefined {
    if (isAbsolute(name) || /^[a-z]:|\0/i.test(name) || name.split('/').includes('..')) {
      this.notices.add('pictures outside the folder of the files that name them were left alone');
      return undefined;
    }
    for (const folder of this.#folders) {
      const path = resolve(folder, name);
      if (!isFile(path)) continue;
      const real = realpathSync(path);
      if (real.startsWith(folder + sep)) return real;
      this.notices.add('pictures outside the folder of the files that name them were left alone');
      return undefined;
    }
    this.notices.add('pictures whose files are not there were left out');
    return undefined;
  }
}
