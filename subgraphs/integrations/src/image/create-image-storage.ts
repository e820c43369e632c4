import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import { bucketStorage } from './bucket-storage.ts';
import { folderStorage } from './folder-storage.ts';
import type { ImageSettings } from './image-settings.ts';
import type { ImageStorage } from './image-storage.ts';

const away =
  'The storage of pictures cannot be reached or takes no more: nothing was kept. Send the picture again later.';

/** What goes wrong with a storage is ours to mend: the log has the reason, and the sender learns that it is not the picture. */
function reporting(storage: ImageStorage, logger: Logger): ImageStorage {
  const failed = (error: unknown): never => {
    logger.error({ err: error }, 'the storage of pictures failed');
    throw new DomainError('SUBGRAPH_UNAVAILABLE', away);
  };
  return {
    put: (key, bytes, contentType) => storage.put(key, bytes, contentType).catch(failed),
    get: (key) => storage.get(key).catch(failed),
    has: (key) => storage.has(key).catch(failed),
  };
}

/** The bucket where one is set, else the folder. */
export const createImageStorage = ({ bucket, folder }: ImageSettings, logger: Logger): ImageStorage =>
  reporting(bucket ? bucketStorage(bucket) : folderStorage(folder), logger);
