/** Diarisation error rate and number of speakers, on a real telephone talk and on talks mixed from speakers that nothing was tuned on. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { analysisSettings, type AnalysisSettings } from '#contract/analysis/settings.ts';
import type { Engine } from '#main/engine.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { findSpeech, type FoundSpeech } from '#main/services/analysis/find-speech.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { tellApart, type ToldApart } from '#main/services/analysis/tell-apart.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { coreSeconds } from '../cpu-time.ts';
import { samplesOf } from '../samples-of.ts';
import { hasCorpora, SPEECH } from './corpus.ts';
import { diarisationErrors, pooled, type DiarisationErrors, type SpeakerSpan } from './error-rate.ts';
import { mixedTalk } from './mixed-talk.ts';
import { marksLine, scoreMarks, type MarkScore } from './overlap-marks.ts';
import { rivalTurns } from './rival.ts';
import { wavBytes } from '../wav.ts';

const TALKS = 24;
const WAYS = ['found', 'given', 'rival', 'rival given'] as const;
type Way = (typeof WAYS)[number];

interface Scored {
  title: string;
  groups: string[];
  people: number;
  seconds: number;
  wallS: number;
  /** Of one core, all processes together. */
  coreS: number;
  errors: Record<Way, DiarisationErrors>;
  /** Speakers found. */
  counts: Record<Way, number>;
  /** Numbers of speakers that the person is told it may be. */
  said: number[];
  marks: MarkScore;
}

export async function benchDiarisation(engine: Engine): Promise<void> {
  if (!hasCorpora()) {
    console.log('\nDiarisation: left out, it needs ../shared/data/speech');
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  try {
    const talk = path.join(SPEECH, 'conversations/pyannote_sample');
    const reference = readRttm(path.join(talk, 'sample.rttm'));
    show(await scored(engine, path.join(talk, 'sample.opus'), 'pyannote_sample', [], reference));
    const all: Scored[] = [];
    for (let i = 0; i < TALKS; i++) {
      const mixed = await mixedTalk('report', i, (clip) => samplesOf(clip, engine));
      const file = path.join(folder, 'talk.wav');
      writeFileSync(file, wavBytes(mixed.samples));
      const groups = [mixed.corpus, `${mixed.people} people`, `${mixed.snrDb} dB`];
      const one = await scored(engine, file, `${mixed.name}, ${groups.join(', ')}`, groups, mixed.reference);
      show(one);
      all.push(one);
    }
    summarise(all);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scored(
  engine: Engine,
  file: string,
  title: string,
  groups: string[],
  reference: SpeakerSpan[],
): Promise<Scored> {
  const { signal } = new AbortController();
  const input = { kind: 'file', path: file } as const;
  const info = await engine.media.probe(input);
  const request = {
    input,
    info,
    source: { name: 'talk', bytes: 0, sha256: '' },
    settings: analysisSettings.parse({}),
    imported: null,
    notices: [],
  };
  await engine.inference.call('models.load', {
    tasks: ['voice-activity', 'speaker-embedding', 'overlapping-speech'],
  });
  const from = performance.now();
  const before = coreSeconds();
  const speech = await findSpeech(request, { ...engine, cache: new MemoryStageCache() }, silentWork(signal));
  const settings = parseSpeakerSettings(engine.models.of('speaker-embedding').settings);
  const told = (people: AnalysisSettings['speakers']) =>
    tellApart(speech, people, settings, engine.inference, signal);
  const auto = await told('auto');
  const wallS = (performance.now() - from) / 1000;
  const coreS = coreSeconds() - before;
  const people = new Set(reference.map(({ speaker }) => speaker)).size;
  const turns: Record<Way, SpeakerSpan[]> = {
    found: spoken(auto),
    given: spoken(await told(people)),
    rival: rivalOf(speech, null),
    'rival given': rivalOf(speech, people),
  };
  const errors = byWay((way) => diarisationErrors(reference, turns[way]));
  const counts = byWay((way) => new Set(turns[way].map(({ speaker }) => speaker)).size);
  const said = auto.notices.find(({ code }) => code === 'speaker-count-unsure')?.people ?? [counts.found];
  const marks = scoreMarks(reference, auto.overlaps);
  return {
    title,
    groups,
    people,
    seconds: info.durationMs / 1000,
    wallS,
    coreS,
    errors,
    counts,
    said,
    marks,
  };
}

const spoken = ({ spans }: ToldApart): SpeakerSpan[] =>
  spans.map((span) => ({ ...span, speaker: span.speakerId }));

const byWay = <T>(of: (way: Way) => T): Record<Way, T> =>
  Object.fromEntries(WAYS.map((way) => [way, of(way)])) as Record<Way, T>;

function rivalOf({ channels: [channel] }: FoundSpeech, people: number | null): SpeakerSpan[] {
  return channel ? rivalTurns(channel.regions, channel.windows, people) : [];
}

function show({ title, people, counts, said, errors, seconds, wallS, marks }: Scored): void {
  const { missedMs, falseMs, confusedMs, speechMs } = errors.found;
  const part = (ms: number): string => (ms / speechMs).toFixed(3);
  console.log(
    `${title}: ${said.length > 1 ? `${counts.found} (${said.join(' or ')})` : counts.found} of ${people} speakers, DER ${errors.found.rate.toFixed(3)} ` +
      `(missed ${part(missedMs)}, false ${part(falseMs)}, confused ${part(confusedMs)}), ` +
      `number given ${errors.given.rate.toFixed(3)}, rival ${errors.rival.rate.toFixed(3)} with ${counts.rival}, ` +
      `RTF ${(wallS / seconds).toFixed(3)}; ${marksLine([marks])}`,
  );
}

function summarise(all: Scored[]): void {
  console.log(`\n${all.length} mixed talks of speakers not tuned on; collar 0.25 s, overlap scored`);
  const of = (some: Scored[], way: Way): string => {
    const right = some.filter(({ counts, people }) => counts[way] === people).length;
    return `${way}: DER ${pooled(some.map(({ errors }) => errors[way])).rate.toFixed(3)}, number right ${right}/${some.length}`;
  };
  for (const way of WAYS) console.log(`  ${of(all, way)}`);
  for (const group of [...new Set(all.flatMap(({ groups }) => groups))].sort())
    console.log(
      `  ${group}: ${of(
        all.filter(({ groups }) => groups.includes(group)),
        'found',
      )}`,
    );
  const named = all.filter(({ said, people }) => said.includes(people)).length;
  const right = all.filter(({ counts, people }) => counts.found === people);
  console.log(
    `  right number among those said: ${named}/${all.length}; said to be unsure: ` +
      `${right.filter(({ said }) => said.length > 1).length} of ${right.length} that were right`,
  );
  console.log(`  ${marksLine(all.map(({ marks }) => marks))}`);
  const wallS = all.reduce((sum, one) => sum + one.wallS, 0);
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0);
  const coreS = all.reduce((sum, one) => sum + one.coreS, 0);
  console.log(
    `  RTF ${(wallS / seconds).toFixed(4)}, and ${(coreS / seconds).toFixed(4)} s of one core a second, voice activity and decoding included`,
  );
}

/** Columns 4, 5 and 8 of each SPEAKER line: start and length in seconds, name. */
function readRttm(file: string): SpeakerSpan[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, , , start = '', length = '', , , speaker = ''] = line.split(' ');
    const ms = (seconds: number): number => Math.round(seconds * 1000);
    return { speaker, startMs: ms(Number(start)), endMs: ms(Number(start) + Number(length)) };
  });
}
