/** Sessions of texts in the database: what is counted there is what counting by hand gives. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { READS_AS, type TextItem } from '#contract/texts/collection.ts';
import { EVERY_TEXT, FEW_TEXTS, type TextFilter } from '#contract/texts/query.ts';
import type { DatabaseTasks } from '#main/hosts/database/tasks.ts';
import { databaseHost } from '#main/hosts/database/handlers.ts';
import type { TextSums } from '#main/hosts/database/text-tasks.ts';
import type { HostClient } from '#main/hosts/client.ts';
import { trendOf } from '#main/services/texts/trend.ts';
import {
  asNew,
  asRead,
  madeUpText,
  plainSums,
  storeMadeUpTexts,
  TEXTS_AT,
  TEXTS_SOURCE,
} from '../fixtures/texts.ts';
import { codeOf, databaseInProcess, temporaryFolder } from '../fixtures/workspace.ts';

const key = randomBytes(32);
const COUNT = 2000;
const sessionId = 'texts';
const all = Array.from({ length: COUNT }, (_, i) => madeUpText(i + 1));

async function created(): Promise<{ database: HostClient<DatabaseTasks>; path: string }> {
  const database = databaseInProcess();
  const path = join(temporaryFolder(), 'workspace.db');
  await database.call('database.create', { path, key });
  return { database, path };
}

function expectSums(found: TextSums, items: readonly TextItem[]): void {
  const plain = plainSums(items);
  expect({ n: found.n, counts: found.counts }).toEqual({ n: plain.n, counts: plain.counts });
  for (const name of ['valence', 'arousal'] as const) {
    expect(found[name].n).toBe(plain[name].n);
    expect(found[name].sum).toBeCloseTo(plain[name].sum, 9);
    expect(found[name].squares).toBeCloseTo(plain[name].squares, 9);
  }
}

describe('questions to 2,000 texts', () => {
  const host = databaseHost();
  const call = async <K extends keyof DatabaseTasks>(task: K, params: DatabaseTasks[K]['params']) =>
    await host.handlers[task](params, {
      signal: new AbortController().signal,
    });
  const database = { call } as HostClient<DatabaseTasks>;
  let ids: Record<'author' | 'topic', Map<string | null, number>>;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attune-test-'));
    await call('database.create', { path: join(folder, 'workspace.db'), key });
    await storeMadeUpTexts(database, COUNT);
    const groups = async (by: 'author' | 'topic') => {
      const asked = {
        sessionId,
        filter: EVERY_TEXT,
        by,
        order: 'count',
        descending: true,
        limit: 1000,
        few: 0,
      } as const;
      return new Map((await call('texts.groups', asked)).groups.map(({ id, name }) => [name, id]));
    };
    ids = { author: await groups('author'), topic: await groups('topic') };
    return () => {
      host.close();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  const day = 86_400_000;
  const from = Date.UTC(2025, 2, 1);
  const filters: [string, () => Partial<TextFilter>, (item: TextItem) => boolean][] = [
    ['all', () => ({}), () => true],
    ['an emotion', () => ({ readsAs: 'anger' }), ({ reading }) => reading?.readsAs === 'anger'],
    ['the uncertain ones', () => ({ readsAs: 'not-sure' }), ({ reading }) => reading?.readsAs === 'not-sure'],
    ['an author', () => ({ authorId: ids.author.get('author 3')! }), ({ author }) => author === 'author 3'],
    ['no author', () => ({ authorId: 0 }), ({ author }) => author === null],
    ['a topic', () => ({ topicId: ids.topic.get('topic 2')! }), ({ topic }) => topic === 'topic 2'],
    [
      'a month',
      () => ({ stretch: { by: 'time', from, to: from + 31 * day } }),
      ({ timeMs }) => timeMs !== null && timeMs >= from && timeMs < from + 31 * day,
    ],
    [
      'a part of the file',
      () => ({ stretch: { by: 'order', from: 10, to: 31 } }),
      ({ seq }) => seq >= 10 && seq < 31,
    ],
    ['words, whatever the case', () => ({ query: 'gRÖSSE' }), () => false],
    [
      'words with accents, whatever the case',
      () => ({ query: ' émILE ' }),
      ({ text }) => text.startsWith('Émile'),
    ],
    ['Chinese words', () => ({ query: '退货' }), ({ text }) => text.startsWith('退货')],
    ['signs that mean something to SQL', () => ({ query: "%_'" }), () => false],
    [
      'several at once',
      () => ({ query: 'parcel', topicId: ids.topic.get('topic 0')!, readsAs: 'fear' }),
      ({ text, topic, reading }) =>
        text.startsWith('parcel') && topic === 'topic 0' && reading?.readsAs === 'fear',
    ],
  ];

  test.each(filters)('%s: list and sums', async (_, change, fits) => {
    const filter = { ...EVERY_TEXT, ...change() };
    const wanted = all.filter(fits);
    const { total, items } = await call('texts.items', {
      sessionId,
      filter,
      place: { offset: 0, limit: 1000 },
    });
    expect(total).toBe(wanted.length);
    expect(items).toEqual(wanted.slice(0, 1000));
    expectSums((await call('texts.sums', { sessionId, filter })).sums, wanted);
  });

  test('pages follow one another', async () => {
    const filter = { ...EVERY_TEXT, topicId: ids.topic.get('topic 1')! };
    const seqs = [];
    for (let offset = 0; ; offset += 70) {
      const { items } = await call('texts.items', { sessionId, filter, place: { offset, limit: 70 } });
      if (items.length === 0) break;
      seqs.push(...items.map(({ seq }) => seq));
    }
    expect(seqs).toEqual(all.filter(({ topic }) => topic === 'topic 1').map(({ seq }) => seq));
  });

  test('authors, in every order, those with few texts last', async () => {
    const names = [...new Set(all.map(({ author }) => author))];
    const plain = names.map((name) => ({
      name,
      sums: plainSums(all.filter(({ author }) => author === name)),
    }));
    const figures = {
      count: (sums: TextSums) => sums.n,
      valence: (sums: TextSums) => sums.valence.sum / sums.valence.n,
      sadness: (sums: TextSums) => sums.counts[2]! / sums.n,
      'not-sure': (sums: TextSums) => sums.counts[7]! / sums.n,
    };
    for (const [order, figure] of Object.entries(figures)) {
      const asked = {
        sessionId,
        filter: EVERY_TEXT,
        by: 'author',
        descending: true,
        limit: 1000,
        few: FEW_TEXTS,
      } as const;
      const { total, groups } = await call('texts.groups', { ...asked, order: order as 'count' });
      expect(total).toBe(names.length);
      for (const { name, sums } of groups)
        expectSums(
          sums,
          all.filter(({ author }) => author === name),
        );
      const shown = groups.map(({ sums }) => figure(sums));
      const many = groups.filter(({ sums }) => sums.n >= FEW_TEXTS || order === 'count').length;
      expect(many).toBe(plain.filter(({ sums }) => sums.n >= FEW_TEXTS || order === 'count').length);
      expect(shown.slice(0, many)).toEqual([...shown.slice(0, many)].sort((a, b) => b - a));
      expect(groups.slice(many).every(({ sums }) => sums.n < FEW_TEXTS)).toBe(true);
    }
  });

  test.each<[string, Partial<TextFilter>]>([
    ['over all', {}],
    ['within ten days', { stretch: { by: 'time', from, to: from + 10 * day } }],
    ['of one emotion', { readsAs: 'surprise' }],
    ['in the order of the file', { stretch: { by: 'order', from: 1, to: COUNT + 1 } }],
  ])('the trend %s counts each text in its own bar', async (_, change) => {
    const filter = { ...EVERY_TEXT, ...change };
    const collection = await call('texts.get', { sessionId });
    const { bins, by, untimed } = await trendOf(database, collection, filter);
    const fits = ({ reading }: TextItem): boolean =>
      reading !== null && (filter.readsAs ?? reading.readsAs) === reading.readsAs;
    for (const { from: start, to, all: found } of bins) {
      const inside = all.filter((item) => {
        const at = by === 'time' ? item.timeMs : item.seq;
        return fits(item) && at !== null && at >= start && at < to;
      });
      const plain = plainSums(inside);
      expect({ n: found.n, counts: found.counts }).toEqual({ n: plain.n, counts: plain.counts });
      if (plain.n > 0) expect(found.valence!.mean).toBeCloseTo(plain.valence.sum / plain.n, 9);
    }
    expect(bins.slice(1).every((bin, i) => bin.from === bins[i]!.to)).toBe(true);
    if (filter.stretch === null)
      expect(untimed).toBe(all.filter((item) => fits(item) && item.timeMs === null).length);
  });

  test('a time far from all others stretches no axis: it is counted in the last bar', async () => {
    const { database: other } = await created();
    await storeMadeUpTexts(other, COUNT, COUNT, 'strayed', { 500: Date.UTC(2099, 11, 31) });
    const { bins, step } = await trendOf(
      other,
      await other.call('texts.get', { sessionId: 'strayed' }),
      EVERY_TEXT,
    );
    expect({ step, many: bins.length > 10 && bins.length <= 60 }).toEqual({ step: 'month', many: true });
    const counted = bins.reduce((sum, bin) => sum + bin.all.n, 0);
    expect(counted).toBe(
      all.filter(({ reading, timeMs, seq }) => reading && (timeMs !== null || seq === 500)).length,
    );
    expect(bins.at(-1)!.to).toBe(Date.UTC(2099, 11, 31) + 1);
  });

  test('bins of years are calendar years', async () => {
    const axis = { step: 'year', from: 0, to: Date.UTC(2030, 0), bins: 60 } as const;
    const { bins } = await call('texts.trend', { sessionId, filter: EVERY_TEXT, ...axis });
    const year = ({ timeMs }: TextItem): number | null =>
      timeMs === null ? null : new Date(timeMs).getUTCFullYear();
    expect(bins.map(({ bin }) => bin + 1970)).toEqual([2025, 2026]);
    for (const { bin, sums } of bins)
      expectSums(
        sums,
        all.filter((item) => year(item) === bin + 1970),
      );
  });

  test('what the collection says of itself', async () => {
    const timed = all.flatMap(({ timeMs }) => timeMs ?? []);
    expect(await call('texts.get', { sessionId })).toMatchObject({
      ...{ count: COUNT, read: COUNT, failed: COUNT / 50, topics: 3 },
      authors: new Set(all.flatMap(({ author }) => author ?? [])).size,
      span: { fromMs: Math.min(...timed), toMs: Math.max(...timed) },
      models: ['text-emotion@1'],
    });
  });
});

test('the library lists a session of texts, finds it by its file, renames and removes it wholly', async () => {
  const { database, path } = await created();
  await storeMadeUpTexts(database, 120);
  await database.call('texts.complete', { sessionId, at: TEXTS_AT });
  const [listed] = (await database.call('sessions.list', { query: 'COMMENTS.csv' })).sessions;
  expect(listed).toMatchObject({
    id: sessionId,
    texts: 120,
    state: 'analysed',
    durationMs: 0,
    hasVideo: false,
  });
  expect(listed!.ribbon).toHaveLength(60);
  const renamed = { sessionId, title: 'Spring', participant: 'P-1', at: TEXTS_AT };
  expect(await database.call('sessions.rename', renamed)).toMatchObject({ title: 'Spring', texts: 120 });
  const removed = await database.call('sessions.remove', { sessionId, at: TEXTS_AT });
  expect(removed).toEqual({ files: [], recordingIds: [] });
  expect(await codeOf(database.call('texts.get', { sessionId }))).toBe('record-not-found');
  await database.call('database.close', {});
  // Encrypted, and nothing of the words lies in the file in the clear.
  expect(readFileSync(path).includes('parcel')).toBe(false);
});

test.each([
  [45, 45],
  [389, 60],
])('a ribbon of %i texts shows in each slice what most of its texts read as', async (count, slices) => {
  const { database } = await created();
  await storeMadeUpTexts(database, count);
  await database.call('texts.complete', { sessionId, at: TEXTS_AT });
  const { ribbon } = (await database.call('sessions.list', { query: '' })).sessions[0]!;
  expect(ribbon).toHaveLength(slices);
  for (const [slice, shown] of ribbon.entries()) {
    const inside = all
      .slice(0, count)
      .filter(({ seq }) => Math.floor(((seq - 1) * slices) / count) === slice);
    const { counts } = plainSums(inside);
    const most = READS_AS.filter((_, i) => counts[i]! > 0 && counts[i] === Math.max(...counts));
    if (most.length === 0) expect(shown).toBeNull();
    else expect(most).toContain(shown);
  }
});

test('readings go on where the ones before end: none twice, none passed over', async () => {
  const { database } = await created();
  await storeMadeUpTexts(database, 30, 10);
  const save = (from: number, to: number) =>
    database.call('texts.saveReadings', {
      sessionId,
      readings: all.slice(from - 1, to).map(asRead),
      models: ['text-emotion@1'],
    });
  expect(await codeOf(save(10, 12))).toBe('internal');
  expect(await codeOf(save(12, 14))).toBe('internal');
  expect((await database.call('texts.get', { sessionId })).read).toBe(10);
  expect(await save(11, 20)).toEqual({ read: 20 });
  const { texts } = await database.call('texts.unread', { sessionId, after: 20, limit: 100 });
  expect(texts.map(({ seq }) => seq)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
});

test('a conversation’s earlier texts are those of the same topic, in order, six at most', async () => {
  const { database } = await created();
  const { collectionId } = await database.call('texts.begin', {
    source: { ...TEXTS_SOURCE, context: 'conversation' },
  });
  await database.call('texts.append', { collectionId, texts: all.slice(0, 40).map(asNew) });
  const session = { id: sessionId, title: 'Chat', participant: null, createdAt: TEXTS_AT, sample: false };
  const leftOut = { empty: 0, tooLong: 0, timesUnreadable: 0 };
  await database.call('texts.finish', { collectionId, session, leftOut, at: TEXTS_AT });
  const { texts } = await database.call('texts.unread', { sessionId, after: 0, limit: 100 });
  for (const { seq, context } of texts) {
    const before = all.slice(0, seq - 1).filter(({ topic }) => topic === all[seq - 1]!.topic);
    expect(context).toEqual(before.slice(-6).map(({ text }) => text));
  }
});

test('what a crash left half stored is gone at the next start, what it left half read goes on', async () => {
  const { database, path } = await created();
  await storeMadeUpTexts(database, 30, 10);
  await database.call('texts.setState', { sessionId, state: 'analysing', error: null });
  const { collectionId } = await database.call('texts.begin', { source: TEXTS_SOURCE });
  await database.call('texts.append', { collectionId, texts: all.slice(0, 5).map(asNew) });
  await database.call('database.close', {});
  await database.call('database.open', { path, key });
  await database.call('texts.recover', {});
  expect(await database.call('texts.get', { sessionId })).toMatchObject({
    state: 'imported',
    read: 10,
    count: 30,
  });
  expect((await database.call('sessions.list', { query: '' })).sessions).toHaveLength(1);
  const more = { collectionId, texts: all.slice(0, 1).map(asNew) };
  expect(await codeOf(database.call('texts.append', more))).toBe('record-not-found');
});
