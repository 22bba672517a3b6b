/** The real whisper-base brought in, and recordings in other languages through the whole pipeline. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisResult } from '#contract/analysis/result.ts';
import { modelTag } from '#contract/models/manifest.ts';
import type { Engine } from '#main/engine.ts';
import { locateTools } from '#main/hosts/media/tools.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { importWhisper } from '#main/services/models/import-whisper.ts';
import { pathSource } from '#main/services/models/path-source.ts';
import { transcribeRow } from '#main/services/prediction/transcribe.ts';
import { analyseFile, testEngine } from '../fixtures/engine.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { hasWhisper, WHISPER_BASE } from '../fixtures/whisper.ts';
import { NotedWork } from '../fixtures/work.ts';

const speech = path.resolve(import.meta.dirname, '../../../shared/data/speech');
const chinese = path.join(speech, 'asr_multilang/zh-CN/training/audio2.opus');
/** What is said in its first ten seconds, letters alone. */
const SAID = '自定义语音提供的工具可让你通过将音频数据与相应的识别结果进行比较直观地检查模型的识别质量';
const { signal } = new AbortController();
const media = new MediaFolder();

async function cut(name: string, file: string, seconds: number): Promise<string> {
  const { ffmpeg } = await locateTools({});
  const out = media.at(name);
  execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-y', '-i', file, '-t', String(seconds), out]);
  return out;
}
/** Share of the characters that an ideal listener would have to change. */
function characterErrors(said: string, heard: string): number {
  let row = Array.from({ length: heard.length + 1 }, (_, j) => j);
  for (let i = 1; i <= said.length; i++) {
    const next = [i];
    for (let j = 1; j <= heard.length; j++)
      next.push(
        Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (said[i - 1] === heard[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1)! / said.length;
}
const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

describe.skipIf(!hasWhisper)(
  'with whisper-base brought in (needs ../shared: models/whisper-base, data/speech)',
  () => {
    let home: string;
    let engine: Engine;
    let file: string;
    beforeAll(async () => {
      home = mkdtempSync(path.join(tmpdir(), 'attune-languages-'));
      engine = await testEngine(home);
      const source = await pathSource(WHISPER_BASE);
      await importWhisper(source, { modelsFolder: home, inference: engine.inference }, silentWork(signal));
      await source.close();
      file = await cut('chinese.flac', chinese, 10);
    }, 300_000);
    afterAll(async () => {
      await engine.dispose();
      media.remove();
      rmSync(home, { recursive: true });
    });

    it('is listed with its size, its languages and its hashes; what tried it is given back', async () => {
      const { models } = await engine.inference.call('models.status', {});
      const { manifest, state, error } = models.find(({ manifest: each }) => each.id === 'whisper-base')!;
      expect([state, error]).toEqual(['not-loaded', null]);
      expect(manifest.languages).toHaveLength(99);
      expect(manifest.files.find(({ role }) => role === 'encoder')?.bytes).toBe(22_532_371);
      expect(manifest.notice).toMatch(/words get times/);
    });

    it('is refused a second time, and stays as it is', async () => {
      const source = await pathSource(WHISPER_BASE);
      const again = importWhisper(
        source,
        { modelsFolder: home, inference: engine.inference },
        silentWork(signal),
      );
      await expect(again).rejects.toMatchObject({ code: 'model-exists' });
      expect(await engine.whispers()).toHaveLength(1);
    }, 120_000);

    it('hears Chinese: detected, words joined without spaces and timed, read by the Chinese text model', async () => {
      const cache = new MemoryStageCache();
      const result = await analyseFile(engine, file, { cache });
      expect(analysisResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
      const [whisper] = await engine.whispers();
      expect(result.recognition).toMatchObject({
        language: 'zh',
        languageFrom: 'detected',
        recogniser: modelTag(whisper!),
      });
      expect(result.recognition!.languageProbability).toBeGreaterThan(0.9);
      expect(result.recognition!.tookMs).toBeGreaterThan(0);
      expect(result.transcript.language).toBe('zh');
      expect(result.models.map(({ model }) => model)).toContain(modelTag(whisper!));

      const { utterances } = result.transcript;
      expect(characterErrors(SAID, letters(utterances.map(({ text }) => text).join('')))).toBeLessThan(0.3);
      expect(utterances.flatMap(({ words }) => words).length).toBeGreaterThan(10);
      for (const { text, words, startMs, endMs, confidence } of utterances) {
        expect(words.map((word) => word.text).join('')).toBe(text.replaceAll(' ', ''));
        const times = words.flatMap((word) => [word.startMs, word.endMs]);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect([times[0]! >= startMs, times.at(-1)! <= endMs]).toEqual([true, true]);
        expect(words.every((word) => word.confidence! > 0 && word.confidence! <= 1)).toBe(true);
        expect(confidence).toBeGreaterThan(0.5);
      }
      const read = result.evidence.filter(({ modality }) => modality === 'text');
      expect(new Set(read.map(({ model }) => model.split('@')[0]))).toEqual(new Set(['text-emotion-zh']));

      // Nothing is heard, or asked for its language, a second time.
      const work = new NotedWork();
      const again = await analyseFile(engine, file, { cache, work });
      expect(work.ended['speech']).toBe('reused');
      expect(again.recognition).toEqual(result.recognition);
    }, 300_000);

    it('leaves English to the fast recogniser, whether detected or chosen', async () => {
      const talk = path.resolve(import.meta.dirname, '../../assets/sample/talk.opus');
      const english = await analyseFile(engine, await cut('english.flac', talk, 12));
      expect(english.recognition).toMatchObject({ language: 'en', languageFrom: 'detected' });
      expect(english.recognition!.recogniser).toMatch(/^moonshine/);
    }, 300_000);

    it('writes nothing over music, noise and silence', async () => {
      const noise = Float32Array.from({ length: 80_000 }, (_, i) => 0.1 * Math.sin(i * i * 0.0137));
      const chord = Float32Array.from({ length: 80_000 }, (_, i) =>
        [220, 277.2, 329.6].reduce((sum, hz) => sum + 0.1 * Math.sin((2 * Math.PI * hz * i) / 16_000), 0),
      );
      const heard = [
        [new Float32Array(32_000), 'en'],
        [noise, 'zh'],
        [chord, 'de'],
      ] as const;
      for (const [samples, language] of heard) {
        const call = { model: 'whisper-base', clips: [samples], language };
        const { recognised } = await engine.inference.call('whisper.recognise', call);
        expect([language, recognised[0]!.text]).toEqual([language, '']);
      }
    }, 300_000);

    it('takes the language of a row, and says when nobody knows it', async () => {
      const row = await transcribeRow({ id: 1, path: file, language: 'zh' }, engine, signal);
      expect(row.language).toBe('zh');
      expect(row.utterances.flatMap(({ words }) => words).length).toBeGreaterThan(10);
      await expect(
        transcribeRow({ id: 2, path: file, language: 'tlh' }, engine, signal),
      ).rejects.toMatchObject({
        code: 'model-missing',
      });
    }, 300_000);

    it('goes when it is removed, and the recording is then said not to be trusted', async () => {
      rmSync(path.join(home, 'whisper-base'), { recursive: true });
      const result = await analyseFile(engine, file);
      expect(result.recognition).toMatchObject({ language: 'en', languageFrom: 'assumed' });
      expect(result.notices.map(({ code }) => code)).toContain('language-not-supported');
      const chosen = await analyseFile(engine, file, { settings: { language: 'zh' } });
      expect(chosen.recognition).toBeUndefined();
      expect(chosen.transcript).toMatchObject({ source: 'none', recogniser: null, language: 'zh' });
    }, 300_000);
  },
);
