/** What nobody means to give to `attune predict`: an answer that isn't sure, or a coded error, and the rows after it are read. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failedRow, predictedRow, type FailedRow, type PredictedRow } from '#contract/files/predict.ts';
import type { Engine } from '#main/engine.ts';
import { predictText } from '#main/services/prediction/predict-text.ts';
import { predictVoice } from '#main/services/prediction/predict-voice.ts';
import { testEngine } from '../fixtures/engine.ts';
import { MediaFolder, tone } from '../fixtures/media.ts';
import { floatWavBytes } from '../../bench/wav.ts';

let engine: Engine;
const media = new MediaFolder();
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(async () => {
  await engine.dispose();
  media.remove();
});

type Row = PredictedRow | FailedRow;
async function predicted(predict: typeof predictText | typeof predictVoice, rows: object[]): Promise<Row[]> {
  // eslint-disable-next-line @typescript-eslint/require-await -- lines of a file
  async function* lines() {
    for (const [id, row] of rows.entries()) yield JSON.stringify({ id, ...row });
  }
  const all: Row[] = [];
  for await (const row of predict(lines(), engine, new AbortController().signal)) all.push(row);
  expect(all.map(({ id }) => id)).toEqual(rows.map((_, id) => id));
  return all;
}

const isSure = (row: Row): boolean => 'probabilities' in row && !row.abstained && row.confidence > 0.5;

describe('texts', () => {
  const PLAIN = 'I am so happy for you, this is wonderful!';
  /** Nothing that either model can read. */
  const UNREADABLE = {
    empty: '',
    'white space': ' \t\n\u00A0\u3000 ',
    'zero-width signs': '\u200B\u200C\u2060\uFEFF'.repeat(9),
    'control characters': '\u0000\u0001\u0007\u001B\u007F\u0085',
    'directions alone': '\u202E\u202D\u2066\u2069\u200F',
    'lone surrogates': '\uD83D\uD83D\uDE00\uD800',
    'signs of one kind': '.'.repeat(100_000),
    Hebrew: 'אני כל כך שמח בשבילך, זה נפלא!',
    Arabic: 'أنا سعيد جدا من أجلك، هذا رائع!',
    Thai: 'ฉันมีความสุขมากสำหรับคุณ',
    Japanese: 'とても嬉しいです。本当におめでとう!',
    Korean: '정말 축하해요. 너무 기뻐요!',
    Devanagari: 'मैं तुम्हारे लिए बहुत खुश हूँ',
  };

  it('that cannot be read are never read as surely as those that can', async () => {
    const rows = await predicted(
      predictText,
      [...Object.values(UNREADABLE), PLAIN].map((text) => ({ text })),
    );
    const names = [...Object.keys(UNREADABLE), 'plain'];
    for (const [i, row] of rows.entries()) expect(predictedRow.safeParse(row).success, names[i]).toBe(true);
    const sure = names.filter((_, i) => isSure(rows[i]!));
    expect(sure).toEqual(['plain']);
  });

  it('are read the same with invisible signs in them, in either direction', async () => {
    const disguised = [
      `\uFEFF${PLAIN}`,
      PLAIN.replaceAll(' ', ' \u200E'),
      `\u202A${PLAIN}\u202C`,
      PLAIN.replace('happy', 'hap\u00ADpy'),
      PLAIN.replace('so', 's\u0000o'),
    ];
    const [plain, ...others] = await predicted(
      predictText,
      [PLAIN, ...disguised].map((text) => ({ text })),
    );
    for (const [i, row] of others.entries()) {
      if (!('probabilities' in row) || !('probabilities' in plain!)) throw new Error('A text was not read.');
      expect(row.probabilities.happiness, `${i}`).toBeCloseTo(plain.probabilities.happiness, 1);
    }
  });

  it('of 100,000 characters are read, longer ones than 200,000 refused, and what follows is read', async () => {
    const long = `${PLAIN} `.repeat(2_400).slice(0, 100_000);
    const rows = await predicted(predictText, [
      { text: long },
      { text: 'x'.repeat(200_001) },
      { text: PLAIN },
    ]);
    expect(isSure(rows[0]!)).toBe(true);
    expect(failedRow.parse(rows[1]).error.code).toBe('text-invalid');
    expect(isSure(rows[2]!)).toBe(true);
  });
});

describe('sounds', () => {
  const RATE = 16_000;
  const seconds = (count: number, at: (i: number) => number): Float32Array =>
    Float32Array.from({ length: Math.round(count * RATE) }, (_, i) => at(i));
  const ODD = {
    'no samples': new Float32Array(0),
    '20 ms': seconds(0.02, (i) => Math.sin(i / 8)),
    'not a number': seconds(3, () => NaN),
    infinite: seconds(3, (i) => (i % 2 ? Infinity : -Infinity)),
    'a constant': seconds(3, () => 0.7),
    'far too loud': seconds(3, (i) => 1e6 * Math.sin(i / 8)),
    'a click': seconds(3, (i) => Number(i === 20_000)),
    silence: seconds(3, () => 0),
  };

  it('without a voice are answered unsurely or with a code, one by one and against an own voice', async () => {
    const rows = Object.values(ODD).map((samples, i) => {
      const path = media.at(`${i}.wav`);
      writeFileSync(path, floatWavBytes(samples, RATE));
      return { path };
    });
    const beep = { path: await media.make('beep.wav', ...tone(2)) };
    const alone = await predicted(predictVoice, [...rows, beep]);
    const owned = await predicted(
      predictVoice,
      [...rows, beep].map((row) => ({ ...row, speaker: 'one' })),
    );
    for (const [i, row] of [...alone, ...owned].entries()) {
      const name = [...Object.keys(ODD), 'a tone'][i % (rows.length + 1)];
      expect(isSure(row), name).toBe(false);
      expect('error' in row || predictedRow.safeParse(row).success, name).toBe(true);
    }
  });
});
