/** Whisper's parts without its weights: what it hears, what is believed, what shares a window, what a folder says of itself. */
import { WhisperFeatureExtractor } from '@huggingface/transformers';
import { describe, expect, it } from 'vitest';
import { compressionRatio, judge } from '#models/speech/whisper/belief.ts';
import { describeWhisper, JSON_FILES, whisperFiles } from '#models/speech/whisper/folder.ts';
import { logMel } from '#models/speech/whisper/mel.ts';
import { packed } from '#models/speech/whisper/pack.ts';
import { tinyWhisper } from '../fixtures/whisper.ts';

const chirp = (seconds: number): Float32Array =>
  Float32Array.from(
    { length: seconds * 16_000 },
    (_, i) => 0.3 * Math.sin(0.09 * i - 1e-6 * i * i) + 0.1 * Math.sin(i * i * 0.001),
  );

describe('what Whisper hears', () => {
  it.each([80, 128])('is what transformers.js computes, in %i bands', async (bands) => {
    const samples = chirp(3.1);
    const reference = new WhisperFeatureExtractor({
      feature_size: bands,
      hop_length: 160,
      n_fft: 400,
      n_samples: 480_000,
      nb_max_frames: 3000,
      sampling_rate: 16_000,
    });
    const { input_features: expected } = (await reference(samples)) as {
      input_features: { data: Float32Array; dims: number[] };
    };
    const own = logMel(samples, bands);
    expect(expected.dims).toEqual([1, bands, own.length / bands]);
    const off = own.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.data[i]!)), 0);
    expect(off).toBeLessThan(1e-5);
  });

  it('is finite for silence and for nothing at all', () => {
    for (const samples of [new Float32Array(16_000), new Float32Array(0)])
      expect(logMel(samples, 80).every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe('what is believed', () => {
  const said = { text: 'I was so happy to see you there.', probabilities: [0.9, 0.8, 0.9], noSpeech: 0.01 };
  it('is a sure text that does not repeat itself', () => {
    expect(judge(said)).toBe('believed');
    expect(judge({ ...said, probabilities: [0.2, 0.3, 0.1] })).toBe('doubtful');
    const loop = 'and then we went home '.repeat(12);
    expect(compressionRatio(loop)).toBeGreaterThan(2.4);
    expect(judge({ ...said, text: loop })).toBe('doubtful');
  });

  it('is no unsure text over probable silence, no noise sign, no subtitle credit', () => {
    expect(judge({ ...said, probabilities: [0.2, 0.3, 0.1], noSpeech: 0.9 })).toBe('silence');
    expect(judge({ ...said, text: '♪ … ♪' })).toBe('silence');
    for (const text of ['Thank you.', '字幕由Amara.org社区提供', 'Untertitel der Amara.org-Community'])
      expect(judge({ ...said, text, probabilities: [0.7] })).toBe('silence');
    // Somebody who really says it is heard surely.
    expect(judge({ ...said, text: 'Thank you.', probabilities: [0.97, 0.95] })).toBe('believed');
  });
});

describe('a window', () => {
  it('takes neighbours until half a minute is full, with silence between', () => {
    const clips = [10, 12, 6, 20].map((seconds) => new Float32Array(seconds * 16_000).fill(1));
    const windows = packed(clips, true);
    expect(windows.map(({ places }) => places.map(({ clip }) => clip))).toEqual([[0, 1, 2], [3]]);
    const [first] = windows;
    expect(first!.samples.length).toBeLessThanOrEqual(480_000);
    const [, second] = first!.places;
    expect([first!.samples[second!.from - 1], first!.samples[second!.from]]).toEqual([0, 1]);
    expect(packed(clips, false).map(({ places }) => places.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a folder', () => {
  const parsed = (files: Record<string, Uint8Array>) =>
    Object.fromEntries(
      Object.entries(JSON_FILES).map(([key, name]) => [
        key,
        JSON.parse(new TextDecoder().decode(files[name])) as unknown,
      ]),
    ) as Parameters<typeof describeWhisper>[0];

  it('gives its smallest usable pair of graphs, and says which file is missing', () => {
    const json = Object.values(JSON_FILES);
    const pair = (precision: string) => [
      `onnx/encoder_model${precision}.onnx`,
      `onnx/decoder_model_merged${precision}.onnx`,
    ];
    expect(whisperFiles([...json, ...pair(''), ...pair('_quantized')]).precision).toBe('quantized');
    expect(whisperFiles([...json, ...pair('')]).encoder).toBe('onnx/encoder_model.onnx');
    expect(() => whisperFiles([...json, ...pair('_fp16')])).toThrow(/missing/);
    expect(() => whisperFiles([...json.slice(1), ...pair('')])).toThrow(/config\.json is missing/);
    expect(() => whisperFiles([...json, ...pair(''), 'onnx/encoder_model.onnx_data'])).toThrow(/onnx_data/);
  });

  it('describes itself, and is refused when it is something else', () => {
    const files = tinyWhisper();
    const { name, languages, settings } = describeWhisper(parsed(files));
    expect([name, languages]).toEqual(['whisper-tiny-made', ['en', 'zh']]);
    expect(settings).toMatchObject({
      headSize: 8,
      tokens: { languages: { zh: 13 }, noSpeech: 16 },
      alignmentHeads: [[0, 1]],
    });
    const config = { ...(parsed(files).config as object), model_type: 'wav2vec2' };
    expect(() => describeWhisper({ ...parsed(files), config })).toThrow(
      expect.objectContaining({
        code: 'model-incompatible',
        message: expect.stringMatching(/wav2vec2/) as string,
      }),
    );
    expect(() => describeWhisper({ ...parsed(files), generation: { lang_to_id: 'no' } })).toThrow(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
  });
});
