/** The research data's formats, and which rows belong to which part. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { readMeld, readXDaily } from '#main/services/evaluation/corpora/dialogues.ts';
import { readFerPlus } from '#main/services/evaluation/corpora/ferplus.ts';
import { dataFolder, openTextFolder } from '#main/services/evaluation/corpora/files.ts';
import { readGoEmotions } from '#main/services/evaluation/corpora/goemotions.ts';
import { readNpz, stringsOf } from '#main/services/evaluation/corpora/npz.ts';
import { chinesePart, inTestPart } from '#main/services/evaluation/corpora/own-test.ts';
import { readDimAbsa } from '#main/services/evaluation/corpora/rated-texts.ts';
import { ravdessHeldOut } from '#main/services/evaluation/corpora/speech.ts';
import { csvRows } from '#main/services/evaluation/corpora/table.ts';
import { makeFaces, makeSpeech, makeTexts, npz, strings } from '../fixtures/research-data.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-corpora-'));
const texts = path.join(folder, 'text');
makeTexts(texts);
afterAll(() => rmSync(folder, { recursive: true }));

it('puts rows into the parts that the recipes’ Python does', () => {
  // hashlib.sha256(b'attune-test-1:…'), first four bytes over 2 ** 32: 0.0456 and 0.2470.
  expect(inTestPart('efae8sy')).toBe(true);
  expect(inTestPart('eczm50f')).toBe(false);
  // attune-zh-1: 0.479, 0.309.
  expect(chinesePart('clue-0')).toBe('train');
  expect(chinesePart('clue-5')).toBe('own test');
});

it('reads quoted tables: commas, doubled quotes and line ends within a cell', () => {
  expect(csvRows('\ufeffa,b\r\n"x, ""y""\nz",2\r\n,3\n')).toEqual([
    { a: 'x, "y"\nz', b: '2' },
    { a: '', b: '3' },
  ]);
});

it('reads what numpy saved, and refuses what it did not', () => {
  const table = readNpz(npz({ names: strings(['fer1', 'ferö22']) }));
  expect(stringsOf(table.get('names')!)).toEqual(['fer1', 'ferö22']);
  expect(() => readNpz(Buffer.from('no zip'))).toThrow(AttuneError);
});

describe('texts', () => {
  it('takes our own test part of train, and nothing else of it', async () => {
    const own = await readGoEmotions(texts, 'own test');
    expect(own).toHaveLength(7);
    expect(own.every(({ id }) => id.startsWith('t'))).toBe(true);
    expect(own[0]!.categories).toEqual(['happiness']);
  });

  it('gives each utterance up to six earlier ones of its own dialogue, oldest first', async () => {
    const talk = await readMeld(texts, 'dev');
    expect(talk.map(({ context }) => context?.length)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(talk[2]!.context).toEqual([talk[0]!.text, talk[1]!.text]);
  });

  it('reads the same dialogues in both languages, labelled alike', async () => {
    const [en, zh] = [await readXDaily(texts, 'en', 'own test'), await readXDaily(texts, 'zh', 'own test')];
    expect(en.map((u) => u.label)).toEqual(zh.map((u) => u.label));
    expect(en.map((u) => u.dialogue)).toEqual(zh.map((u) => u.dialogue));
    expect(zh[0]!.text).toBe('我很高兴。');
  });

  it('rates a text by the mean of its aspects', async () => {
    const [first] = await readDimAbsa(texts, 'zho', 'finance');
    expect(first!.ratings).toEqual({ valence: 3.5, arousal: 5 });
  });
});

it('takes actors 17 to 20 only, calm as neutral', async () => {
  makeSpeech(folder);
  const clips = await ravdessHeldOut(folder);
  expect(clips).toHaveLength(16);
  const calm = clips.find(({ fine }) => fine === 'calm');
  expect([calm?.category, calm?.speaker, calm?.seconds]).toEqual(['neutral', '17', 1.5]);
});

it.skipIf(spawnSync('xz', ['--version']).status !== 0)(
  'takes faces with a majority, without copies of training pictures',
  async () => {
    await makeFaces(folder);
    const faces = await readFerPlus(folder);
    expect(faces.map(({ id }) => id)).toEqual(['fer1', 'fer2', 'fer3', 'fer4', 'fer5', 'fer6', 'fer7']);
    expect(faces[0]).toMatchObject({ label: 'happiness', frame: { width: 48, height: 48 } });
    expect([...faces[0]!.frame.rgb.subarray(0, 3)]).toEqual(Array(3).fill((48 * 48 * 37) % 251));
  },
);

it('says with a code what is missing', async () => {
  expect(() => dataFolder(path.join(folder, 'nowhere'))).toThrow(
    expect.objectContaining({ code: 'file-not-found' }) as Error,
  );
  await expect(openTextFolder(folder, undefined)).rejects.toMatchObject({ code: 'file-not-found' });
  await expect(readMeld(folder, 'dev')).rejects.toMatchObject({ code: 'file-not-found' });
});
