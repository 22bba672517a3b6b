/** Mono WAV: of 16-bit numbers, or of 32-bit floats, which can hold what is no sound, such as NaN. */
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

/** The format's code, and the bytes of a sample. */
const FORMATS = { pcm16: [1, 2], float32: [3, 4] } as const;

/** @param dataBytes of the samples that follow */
export function wavHeader(
  dataBytes: number,
  sampleRateHz: number,
  format: keyof typeof FORMATS = 'pcm16',
): Buffer {
  const [code, sampleBytes] = FORMATS[format];
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(code, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleBytes * sampleRateHz, 28);
  header.writeUInt16LE(sampleBytes, 32);
  header.writeUInt16LE(8 * sampleBytes, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Samples as a whole file. */
export function wavBytes(samples: Float32Array, sampleRateHz = SAMPLE_RATE_HZ): Buffer {
  const data = Buffer.alloc(2 * samples.length);
  samples.forEach((x, i) => data.writeInt16LE(Math.round(32_767 * Math.min(1, Math.max(-1, x))), 2 * i));
  return Buffer.concat([wavHeader(data.length, sampleRateHz), data]);
}

/** The same as they are, whatever they are. */
export function floatWavBytes(samples: Float32Array, sampleRateHz = SAMPLE_RATE_HZ): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(data.length, sampleRateHz, 'float32'), data]);
}
