/** A table of 100,000 texts: how long it takes to bring in and to ask, and what memory; then how fast texts are read. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { EVERY_TEXT, type TextFilter } from '#contract/texts/query.ts';
import type { Engine } from '#main/engine.ts';
import { hostEntry } from '#main/hosts/entries.ts';
import type { DatabaseTasks } from '#main/hosts/database/tasks.ts';
import type { ReadText } from '#main/hosts/database/text-tasks.ts';
import { HostSupervisor } from '#main/hosts/supervisor.ts';
import { hostLaunchers } from '#main/host-launchers.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { groupsOf, summaryOf } from '#main/services/texts/figures.ts';
import { readTexts } from '#main/services/texts/read-texts.ts';
import { storeTexts } from '#main/services/texts/store-texts.ts';
import { textsFileAt } from '#main/services/texts/texts-file.ts';
import { TextsPreviews } from '#main/services/texts/texts-previews.ts';
import { trendOf } from '#main/services/texts/trend.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { MemoryWatch } from './memory.ts';

const STORED = 100_000;
const REPEATS = 5;
const SAID = [
  'I love this so much, thank you! The parcel came a day early and everything was in it.',
  'This makes me furious. Third call about the same thing, and again nobody knows anything.',
  'It arrived on Tuesday.',
  'I am so sad that the shop in our street closes, my mother went there all her life.',
  'Wow, I did not expect that at all!',
];
type Database = HostSupervisor<DatabaseTasks>;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function writeTable(file: string, rows: number): void {
  const random = seededRandom(1);
  const lines = Array.from({ length: rows }, (_, i) => {
    const when = new Date(Date.UTC(2024, 0, 1) + i * 300_000).toISOString();
    return `${when},user ${Math.floor(random() ** 2 * 5000)},topic ${i % 12},"${SAID[i % SAID.length]!} (${i})"`;
  });
  writeFileSync(file, `Date,User,Topic,Comment\n${lines.join('\n')}\n`);
}

/** Looks the file through and stores it as a person would; says how long both took. */
async function bring(file: string, database: Database): Promise<string> {
  const source = await textsFileAt(file);
  const previews = new TextsPreviews();
  const t0 = performance.now();
  const preview = await previews.look(source);
  const t1 = performance.now();
  const { table, rowCount } = previews.take(preview.previewId);
  const choice = { title: 'Bench', ...preview.guess };
  const work = silentWork(new AbortController().signal);
  const sessionId = await storeTexts(database, { file: source, table, rowCount, choice }, work);
  const t2 = performance.now();
  await source.close();
  console.log(`  ${rowCount} rows: looked through in ${seconds(t1 - t0)}, stored in ${seconds(t2 - t1)}`);
  return sessionId;
}

/** Readings out of the air: what is measured is the storing. */
async function saveMadeUpReadings(database: Database, sessionId: string): Promise<void> {
  const random = seededRandom(2);
  const reading = (seq: number): ReadText => {
    const p = CATEGORIES.map(() => random() ** 3);
    const sum = p.reduce((a, b) => a + b, 0);
    const probabilities = p.map((x) => x / sum);
    const confidence = Math.max(...probabilities);
    const readsAs = confidence < 0.45 ? 'not-sure' : CATEGORIES[probabilities.indexOf(confidence)]!;
    const dimensions = {
      valence: { mean: random() - 0.5, sd: 0.2 },
      arousal: { mean: random() / 4, sd: 0.1 },
    };
    return {
      seq,
      outcome: {
        reading: { probabilities, readsAs, confidence, dimensions, labels: [], quality: 1, reasons: [] },
      },
    };
  };
  for (let at = 1; at <= STORED; at += 500) {
    const readings = Array.from({ length: 500 }, (_, i) => reading(at + i));
    await database.call('texts.saveReadings', { sessionId, readings, models: ['bench'] });
  }
}

async function timeQuestions(database: Database, sessionId: string): Promise<void> {
  const collection = await database.call('texts.get', { sessionId });
  const filter = (change: Partial<TextFilter>): TextFilter => ({ ...EVERY_TEXT, ...change });
  const items = (change: Partial<TextFilter>, offset: number): Promise<unknown> =>
    database.call('texts.items', { sessionId, filter: filter(change), place: { offset, limit: 100 } });
  const byAuthor = { by: 'author', descending: true, limit: 200 } as const;
  const questions: [string, () => Promise<unknown>][] = [
    ['the collection', () => database.call('texts.get', { sessionId })],
    ['a page in the middle', () => items({}, 50_000)],
    ['a page of one emotion, deep', () => items({ readsAs: 'anger' }, 5000)],
    ['a search, first page', () => items({ query: `(${Math.floor(Math.random() * 1000)}` }, 0)],
    ['sums', () => summaryOf(database, sessionId, EVERY_TEXT)],
    ['sums of a search', () => summaryOf(database, sessionId, filter({ query: 'furious' }))],
    ['trend', () => trendOf(database, collection, EVERY_TEXT)],
    [
      '5,000 authors by valence',
      () => groupsOf(database, sessionId, EVERY_TEXT, { ...byAuthor, order: 'valence' }),
    ],
  ];
  for (const [name, ask] of questions) {
    const times: number[] = [];
    for (let i = 0; i < REPEATS; i++) {
      const start = performance.now();
      await ask();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const [median, slowest] = [times[Math.floor(REPEATS / 2)]!, times.at(-1)!];
    console.log(
      `  ${name}: median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms (n = ${REPEATS})`,
    );
  }
}

async function withDatabase(work: (database: Database, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-bench-'));
  const launch = hostLaunchers(null).database;
  const database = new HostSupervisor<DatabaseTasks>({
    label: 'database',
    launch: () => launch(hostEntry('database')),
  });
  try {
    await database.call('database.create', {
      path: path.join(folder, 'bench.db'),
      key: new Uint8Array(32).fill(7),
    });
    await work(database, folder);
  } finally {
    await database.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

function printPeak(watch: MemoryWatch): void {
  const { totalMiB, byProcess } = watch.stop();
  const each = Object.entries(byProcess).map(([name, mib]) => `${name} ${mib.toFixed(0)}`);
  console.log(`  peak of all processes together ${totalMiB.toFixed(0)} MiB (${each.join(', ')})`);
}

/** ATTUNE_BENCH_TEXTS: how many texts the models read (100,000 otherwise, which takes a while). */
export async function benchTexts(engine: Engine): Promise<void> {
  const read = Number(process.env['ATTUNE_BENCH_TEXTS'] ?? STORED);
  console.log('texts, storing and asking without models');
  await withDatabase(async (database, folder) => {
    const watch = new MemoryWatch();
    const file = path.join(folder, 'table.csv');
    writeTable(file, STORED);
    const sessionId = await bring(file, database);
    const start = performance.now();
    await saveMadeUpReadings(database, sessionId);
    console.log(`  readings stored in ${seconds(performance.now() - start)}`);
    await timeQuestions(database, sessionId);
    const bytes =
      statSync(path.join(folder, 'bench.db')).size + statSync(path.join(folder, 'bench.db-wal')).size;
    console.log(
      `  ${(bytes / 2 ** 20).toFixed(0)} MiB on disk for a table of ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB`,
    );
    const removed = performance.now();
    await database.call('sessions.remove', { sessionId, at: new Date().toISOString() });
    console.log(`  removed in ${seconds(performance.now() - removed)}`);
    printPeak(watch);
  });
  for (const rows of [Math.round(read / 5), read]) {
    console.log(`texts, ${rows} read by the models`);
    await withDatabase(async (database, folder) => {
      const watch = new MemoryWatch();
      const file = path.join(folder, 'table.csv');
      writeTable(file, rows);
      const sessionId = await bring(file, database);
      const start = performance.now();
      await readTexts(sessionId, { ...engine, database }, silentWork(new AbortController().signal));
      const ms = performance.now() - start;
      console.log(`  read in ${seconds(ms)}, ${((rows / ms) * 1000).toFixed(0)} texts a second`);
      printPeak(watch);
    });
  }
}
