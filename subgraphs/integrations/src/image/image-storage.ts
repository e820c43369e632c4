/** Where the files of pictures lie. A key is a path with slashes; what is written is never changed. */
export interface ImageStorage {
  /** Whole or not at all: nobody reads half a file. */
  put(key: string, bytes: Buffer, contentType: string): Promise<void>;
  get(key: string): Promise<Buffer | null>;
  has(key: string): Promise<boolean>;
}
