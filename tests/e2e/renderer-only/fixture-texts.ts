/** A made-up table of 100,000 comments, every one made when it is asked for; figures come from a tenth of them. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import { READS_AS, type TextCollection, type TextItem } from '#contract/texts/collection.ts';
import type { TextsPreview } from '#contract/texts/preview.ts';
import type { ItemPlace, TextAggregate, TextFilter, TextGroup, TextTrend } from '#contract/texts/query.ts';
import { aggregateOf } from '#main/services/texts/figures.ts';
import { seededRandom } from '#models/metrics/random.ts';

const COUNT = 100_000;
const FROM = Date.UTC(2025, 0, 6);
const WEEKS = 52;
const WEEK_MS = 7 * 86_400_000;
const AUTHORS = ['mira_k', 'Jonas', 'anonymous', 'P. Okafor', 'lena.s', '小林', 'Deniz', 'R. Hale'];
const TOPICS = ['delivery', 'support', 'price', 'app', 'returns'];
const TEXTS = [
  'The parcel came a day early and the driver even waved. Made my morning, thank you!',
  'Third time I have called about this and every time somebody tells me something else. I am done explaining it.',
  'Delivered on Tuesday.',
  'I keep worrying that the charge will come again next month, nobody could tell me whether it is cancelled for good.',
  'The box smelled of mould and so did everything in it.',
  'Oh! I did not expect a refund without even asking for one. We had waited eleven days, then suddenly the money was simply there, and the note said that it was their mistake.',
  'My mother loved this shop. It is sad to see the last one in town close.',
  'Works as described, colour a little darker than in the picture.',
];

function itemAt(seq: number): TextItem {
  const random = seededRandom(seq * 7919);
  const kind = Math.floor(random() * TEXTS.length);
  const sure = 0.35 + 0.6 * random();
  const top = [1, 3, 0, 4, 5, 6, 2, 0][kind]!;
  const rest = CATEGORIES.map(() => random() + 0.05);
  const sum = rest.reduce((a, b, i) => a + (i === top ? 0 : b), 0);
  const probabilities = rest.map((p, i) => (i === top ? sure : ((1 - sure) * p) / sum));
  const valence = [0, 0.5, -0.4, -0.6, -0.3, -0.5, 0.2][top]! * sure;
  return {
    seq,
    fileRow: seq + 1,
    timeMs: FROM + Math.floor((seq / COUNT) * WEEKS * WEEK_MS),
    author: AUTHORS[Math.floor(random() ** 2 * AUTHORS.length)]!,
    topic: TOPICS[Math.floor(random() * TOPICS.length)]!,
    text: TEXTS[kind]!,
    failure: null,
    reading: {
      probabilities,
      readsAs: sure < 0.45 ? 'not-sure' : CATEGORIES[top]!,
      confidence: sure,
      dimensions: {
        valence: { mean: valence, sd: 0.18 },
        arousal: { mean: 0.3 * Math.abs(valence), sd: 0.14 },
        dominance: { mean: 0.1 * valence, sd: 0.16 },
      },
      labels: [
        ['joy', 'gratitude'],
        ['annoyance'],
        [],
        ['nervousness'],
        ['disgust'],
        ['surprise'],
        ['sadness'],
        [],
      ][kind]!,
      quality: kind === 2 ? 0.6 : 1,
      reasons: kind === 2 ? ['few-words'] : [],
    },
  };
}

/** Sums as the database gives them. */
function aggregate(items: readonly TextItem[]): TextAggregate {
  const moments = (name: 'valence' | 'arousal') => {
    const values = items.map(({ reading }) => reading!.dimensions[name]!.mean);
    const sum = values.reduce((a, b) => a + b, 0);
    return { n: values.length, sum, squares: values.reduce((a, b) => a + b * b, 0) };
  };
  return aggregateOf({
    n: items.length,
    counts: READS_AS.map((name) => items.filter(({ reading }) => reading!.readsAs === name).length),
    valence: moments('valence'),
    arousal: moments('arousal'),
  });
}

const COLLECTION: TextCollection = {
  sessionId: 's7',
  source: {
    name: 'comments-2025.csv',
    bytes: 18_400_000,
    format: 'table',
    columns: { text: 'Comment', time: 'Posted', author: 'User', topic: 'Category' },
    context: 'alone',
    dateOrder: 'day-first',
  },
  leftOut: { empty: 212, tooLong: 0, timesUnreadable: 3 },
  state: 'analysed',
  error: null,
  count: COUNT,
  read: COUNT,
  failed: 0,
  authors: AUTHORS.length,
  topics: TOPICS.length,
  span: { fromMs: FROM, toMs: FROM + WEEKS * WEEK_MS - 1 },
  models: ['text-emotion@2.1.0', 'text-emotion-zh@1.1.0'],
};

function preview(): TextsPreview {
  const rows = Array.from({ length: 30 }, (_, i) => {
    const { text, author, topic } = itemAt(i + 1);
    return [
      `0${(i % 9) + 1}/0${(i % 7) + 1}/2025`,
      String(48_120 + i),
      author!,
      topic!,
      i % 9 === 4 ? '' : text,
    ];
  });
  const column = (name: string, filled: number, dates: TextsPreview['columns'][number]['dates'] = null) => ({
    ...{ name, filled, tooLong: 0, dates },
  });
  const readable = { 'day-first': 8420, 'month-first': 8420 };
  return {
    ...{ previewId: 'p', name: 'comments-2025.csv', bytes: 1_480_000, format: 'table', encoding: 'utf-8' },
    ...{ broken: 0, sheets: [], sheet: null, heading: true, unit: null, rows, rowCount: 8432, uneven: 0 },
    columns: [
      column('Posted', 8420, { readable, ambiguous: true, guess: 'day-first' }),
      column('Ticket', 8432),
      column('User', 8431),
      column('Category', 8432),
      column('Comment', 8219),
    ],
    guess: { columns: { text: 4, time: 0, author: 2, topic: 3 }, dateOrder: 'day-first', context: 'alone' },
  };
}

type Answers = Record<string, (input: Record<string, unknown>) => unknown>;

export function fixtureTexts(): Answers {
  const sample = Array.from({ length: COUNT / 10 }, (_, i) => itemAt(i * 10 + 1));
  const groups = (by: 'author' | 'topic'): TextGroup[] =>
    (by === 'author' ? AUTHORS : TOPICS)
      .map((name, i) => ({ id: i + 1, name, all: aggregate(sample.filter((item) => item[by] === name)) }))
      .concat(by === 'author' ? [{ id: 99, name: 'seldom_here', all: aggregate(sample.slice(0, 9)) }] : [])
      .sort((a, b) => b.all.n - a.all.n);
  const trend = (): TextTrend => ({
    by: 'time',
    step: 'week',
    untimed: 3,
    bins: Array.from({ length: WEEKS }, (_, i) => {
      const [from, to] = [FROM + i * WEEK_MS, FROM + (i + 1) * WEEK_MS];
      const inside = sample.filter(({ timeMs }) => timeMs! >= from && timeMs! < to);
      // Summer is quiet, and one week has nothing at all.
      const some =
        i === 30 ? [] : i > 27 && i < 33 ? inside.slice(0, 12) : inside.slice(0, 60 + ((i * 37) % 90));
      return { from, to, all: aggregate(some) };
    }),
  });
  return {
    'texts.look': () => preview(),
    'texts.lookAgain': () => preview(),
    'texts.forget': () => ({}),
    'texts.collection': () => COLLECTION,
    'texts.summary': () => aggregate(sample),
    'texts.trend': trend,
    'texts.groups': ({ by }) => {
      const found = groups(by as 'author' | 'topic');
      return { total: found.length, groups: found };
    },
    'texts.items': ({ filter, place }) => {
      const { offset, limit } = place as ItemPlace;
      const total = (filter as TextFilter).readsAs === null ? COUNT : 12_345;
      const count = Math.max(0, Math.min(limit, total - offset));
      return { total, items: Array.from({ length: count }, (_, i) => itemAt(offset + i + 1)) };
    },
  };
}
