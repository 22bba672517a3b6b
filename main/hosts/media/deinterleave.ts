/** Interleaved 32-bit float samples, cut anywhere, into one array a channel. */
export class Deinterleaver {
  private readonly channels: number;
  private rest = new Uint8Array(0);

  constructor(channels: number) {
    this.channels = channels;
  }

  /** Little-endian bytes in; the whole sample frames in them out. What is not a number becomes silence. */
  push(bytes: Uint8Array): Float32Array[] {
    const joined = new Uint8Array(this.rest.length + bytes.length);
    joined.set(this.rest);
    joined.set(bytes, this.rest.length);
    const frameBytes = this.channels * 4;
    const count = Math.floor(joined.length / frameBytes);
    this.rest = joined.slice(count * frameBytes);
    const interleaved = new Float32Array(joined.buffer, 0, count * this.channels);
    return Array.from({ length: this.channels }, (_, channel) => {
      const samples = new Float32Array(count);
      for (let i = 0; i < count; i++) {
        const value = interleaved[i * this.channels + channel]!;
        samples[i] = Number.isFinite(value) ? value : 0;
      }
      return samples;
    });
  }
}
