/** Start times of words on a real telephone talk whose reference says when each turn begins; median and 90 % of the absolute errors. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultAnalysisSettings } from '#contract/analysis/settings.ts';
import { commonSubsequence } from '#contract/transcript/edit/align.ts';
import type { Engine } from '#main/engine.ts';
import { transcribeRow } from '#main/services/prediction/transcribe.ts';
import { quantile } from '#models/voice/statistics.ts';

const TALK = path.resolve(import.meta.dirname, '../../shared/data/speech/conversations/pyannote_sample');

interface Turn {
  startMs: number;
  words: string[];
}

export async function benchWordTimes(engine: Engine): Promise<void> {
  if (!existsSync(TALK)) {
    console.log('\nWord times: left out, it needs ../shared/data/speech/conversations');
    return;
  }
  // Also by a Whisper, where `bench -- recognisers` has brought one in.
  for (const { title, id } of [engine.models.of('speech-recognition'), ...(await engine.whispers())])
    await startsBy(id, title, engine);
}

async function startsBy(recogniser: string, title: string, engine: Engine): Promise<void> {
  const turns = readStm(path.join(TALK, 'sample.stm'));
  const row = { id: 'sample', path: path.join(TALK, 'sample.opus'), language: 'en' };
  const settings = { ...defaultAnalysisSettings(), recogniser };
  const { utterances } = await transcribeRow(row, engine, new AbortController().signal, settings);
  const heard = utterances
    .flatMap(({ words }) => words)
    .flatMap(({ text, start }) => plain(text).map((word) => ({ word, start })));
  const said = turns.flatMap(({ words, startMs }) =>
    words.map((word, i) => ({ word, startMs: i === 0 ? startMs : null })),
  );
  const pairs = commonSubsequence(
    said.map(({ word }) => word),
    heard.map(({ word }) => word),
  );
  const errors: number[] = [];
  for (const [a, b] of pairs) {
    const { word, startMs } = said[a]!;
    if (startMs === null) continue;
    const off = heard[b]!.start - startMs;
    errors.push(Math.abs(off));
    console.log(`  ${(startMs / 1000).toFixed(2)} s "${word}": ${off > 0 ? '+' : ''}${Math.round(off)} ms`);
  }
  console.log(
    `Word times, ${title}, pyannote_sample: ${errors.length} of ${turns.length} turns' first words were recognised; start ` +
      `median error ${quantile(errors, 0.5).toFixed(0)} ms, 90 % under ${quantile(errors, 0.9).toFixed(0)} ms, ` +
      `${errors.filter((error) => error < 200).length} under 200 ms; ${pairs.length} of ${said.length} words recognised`,
  );
}

/** `file channel speaker start end words…`, seconds. */
function readStm(file: string): Turn[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, , , start = '', , ...words] = line.split(/\s+/);
    return { startMs: Number(start) * 1000, words: words.flatMap(plain) };
  });
}

const plain = (text: string): string[] => text.toLowerCase().match(/[a-z0-9']+/g) ?? [];
