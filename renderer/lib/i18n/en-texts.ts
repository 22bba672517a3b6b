/** What the interface says about texts without a recording. */
import type { ColumnRole, DateOrder, TextContext, TextUnit } from '#contract/texts/choice.ts';
import type { TextsFormat } from '#contract/texts/preview.ts';
import type { GroupKind, TrendStep } from '#contract/texts/query.ts';
import type { Format } from './format.ts';

export const enTexts = (f: Format) => ({
  count: (n: number) => f.plural(n, { one: '# text', other: '# texts' }),
  bring: {
    title: (name: string) => `Bring in “${name}”`,
    looking: 'Looking through the file…',
    text: 'Nothing is stored yet. Check what each column is; the texts are then encrypted and read on this machine.',
    formats: {
      table: 'Table',
      spreadsheet: 'Spreadsheet',
      json: 'JSON',
      whatsapp: 'WhatsApp chat',
      dialogue: 'Dialogue',
      plain: 'Plain text',
    } satisfies Record<TextsFormat, string>,
    rows: (n: number) => f.plural(n, { one: '# row', other: '# rows' }),
    broken: (n: number) =>
      f.plural(n, { one: '# character could not be read', other: '# characters could not be read' }),
    roles: { text: 'Text', time: 'Time', author: 'Author', topic: 'Topic' } satisfies Record<
      ColumnRole,
      string
    >,
    noRole: 'not used',
    use: (column: string) => `Column “${column}” is`,
    firstRows: 'The first rows',
    sheet: 'Sheet',
    heading: 'The first row names the columns',
    unit: 'One text is',
    units: { line: 'a line', paragraph: 'a paragraph' } satisfies Record<TextUnit, string>,
    dates: 'A date such as 03/04/2025 is',
    dateOrders: {
      'day-first': '3 April (day first)',
      'month-first': '4 March (month first)',
    } satisfies Record<DateOrder, string>,
    datesUnclear: 'The file does not tell: every date in it could be either.',
    unreadable: (n: number) =>
      f.plural(n, { one: '# time can’t be read this way', other: '# times can’t be read this way' }),
    context: 'Each text is read',
    contexts: { alone: 'alone', conversation: 'as part of a conversation' } satisfies Record<
      TextContext,
      string
    >,
    contextHints: {
      alone: 'For comments, reviews, answers: texts that don’t follow from each other.',
      conversation:
        'For chats: up to six earlier messages of the same chat (the same topic) are read with each.',
    } satisfies Record<TextContext, string>,
    comesIn: (n: number) => f.plural(n, { one: '# text comes in', other: '# texts come in' }),
    empty: (n: number) =>
      f.plural(n, { one: '# row without a text is left out', other: '# rows without a text are left out' }),
    tooLong: (n: number) =>
      f.plural(n, {
        one: '# text of more than 100,000 characters is left out',
        other: '# texts of more than 100,000 characters are left out',
      }),
    uneven: (n: number) =>
      f.plural(n, {
        one: '# row has more cells than columns; they are left out',
        other: '# rows have more cells than columns; they are left out',
      }),
    nothing: 'This column is empty in every row: choose another for the text.',
    start: (n: number) => f.plural(n, { one: 'Analyse # text', other: 'Analyse # texts' }),
  },
  view: {
    label: 'Texts',
    loading: 'Reading…',
    readSoFar: (read: string, count: string) => `${read} of ${count} read`,
    goOn: 'Go on reading',
    goOnWhy: 'Stopped here. What is read is kept; reading goes on with the next text.',
    failed: (n: number) =>
      f.plural(n, { one: '# text could not be read', other: '# texts could not be read' }),
    empty: (n: number) =>
      f.plural(n, { one: '# row without a text was left out', other: '# rows without a text were left out' }),
    tooLong: (n: number) =>
      f.plural(n, {
        one: '# text of more than 100,000 characters was left out',
        other: '# texts of more than 100,000 characters were left out',
      }),
    unreadable: (n: number) =>
      f.plural(n, { one: '# time could not be read', other: '# times could not be read' }),
    source: (name: string, context: string) => `${name}, each text read ${context}`,
    search: 'Search the texts',
    readsAs: 'Reads as',
    any: 'anything',
    found: (n: string, count: string) => `${n} of ${count} texts`,
    none: 'No text fits.',
    clear: 'Show all texts',
    remove: (what: string) => `Without “${what}”`,
    export: 'Export as CSV…',
    exportWhy: 'The texts shown and what they read as. The file is not encrypted.',
    noName: { author: 'no author', topic: 'no topic' } satisfies Record<GroupKind, string>,
    noneRead: 'No text is read yet.',
    notRead: 'not read yet',
    couldNot: 'could not be read',
    columns: { time: 'Time', author: 'Author', topic: 'Topic', text: 'Text', readsAs: 'Reads as' },
    row: (n: string) => `Row ${n} of the file`,
  },
  trend: {
    label: 'Over time',
    labelOrder: 'In the order of the file',
    shares: 'Share of texts',
    numbers: 'Texts',
    step: {
      minute: 'a bar a minute',
      'ten-minutes': 'a bar ten minutes',
      hour: 'a bar an hour',
      'six-hours': 'a bar six hours',
      day: 'a bar a day',
      week: 'a bar a week',
      month: 'a bar a month',
      year: 'a bar a year',
      texts: 'bars of equal size',
    } satisfies Record<TrendStep, string>,
    few: (n: number) => `fewer than ${n} texts: says little`,
    fewLegend: (n: number) => `Pale: fewer than ${n} texts`,
    band: 'Band: 95 % interval of the mean, from the spread between texts. The error of the model is not in it.',
    untimed: (n: number) =>
      f.plural(n, {
        one: '# text has no time and is not in it',
        other: '# texts have no time and are not in it',
      }),
    help: 'Click a bar, or arrow keys and Enter, to look into it.',
    places: (from: string, to: string) => `Texts ${from} to ${to}`,
    range: (mean: string, low: string, high: string) => `${mean} (${low} to ${high})`,
    nothing: 'no texts',
  },
  tabs: { label: 'Inspector', text: 'Text', all: 'All', author: 'Authors', topic: 'Topics' },
  groups: {
    name: { author: 'Author', topic: 'Topic' } satisfies Record<GroupKind, string>,
    texts: 'Texts',
    sortBy: 'Sort by',
    share: (what: string) => `share of ${what}`,
    orders: { count: 'number of texts', name: 'name' },
    few: 'few',
    fewWhy: (n: number) =>
      `Fewer than ${n} texts: says little. Such groups come last when sorted by a figure.`,
    more: (n: string) => `Show more of ${n}`,
    shown: (shown: string, total: string) => `${shown} of ${total} shown`,
    only: (name: string) => `Only ${name}`,
  },
  detail: {
    choose: 'Choose a text in the list.',
    notSure: 'not sure',
    notSureWhy: (share: string) => `The likeliest has ${share}, too little to name it.`,
    shares: 'Share of the texts that read as',
    means: 'Mean over the texts',
    interval: (low: string, high: string) => `${low} to ${high}`,
    intervalWhy: '95 % intervals, from the spread between texts alone. The error of the model comes on top.',
    fewAll: (n: number) =>
      f.plural(n, { one: 'Only # text: says little.', other: 'Only # texts: say little.' }),
    weaker: 'What weakens it',
  },
});
