/** Counts the valid multi-byte sequences and the bytes that fit none, over chunks that may cut a sequence. */
export class Utf8Tally {
  sequences = 0;
  broken = 0;
  nuls = 0;
  #missing = 0;

  /** 1 when the data end inside a character. */
  get unfinished(): number {
    return this.#missing > 0 ? 1 : 0;
  }

  add(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte < 0x80 && this.#missing === 0) {
        if (byte === 0) this.nuls++;
      } else this.#step(byte);
    }
  }

  #step(byte: number): void {
    if (this.#missing > 0) {
      if (byte >= 0x80 && byte < 0xc0) {
        if (--this.#missing === 0) this.sequences++;
        return;
      }
      this.broken++;
      this.#missing = 0;
    }
    if (byte < 0x80) return;
    if (byte >= 0xc2 && byte < 0xe0) this.#missing = 1;
    else if (byte >= 0xe0 && byte < 0xf0) this.#missing = 2;
    else if (byte >= 0xf0 && byte < 0xf5) this.#missing = 3;
    else this.broken++;
  }
}
