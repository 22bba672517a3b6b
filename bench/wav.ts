/** 16-bit mono WAV. */
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';

/** @param dataBytes of the samples that follow */
export function wavHeader(dataBytes: number, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(2 * sampleRateHz, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
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
