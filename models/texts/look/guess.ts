/** Which column is what: by its name, and where no name says so, by what stands in it. A person confirms it before anything is read. */
import type { ColumnChoice, ColumnRole, DateOrder } from '#contract/texts/choice.ts';
import type { ColumnSurvey } from './column-survey.ts';

const NAMES: Readonly<Record<ColumnRole, RegExp>> = {
  text: /^(?:text|body|content|contents|message|comment|comments|review|feedback|post|tweet|answer|response|remark|note|caption|description|selftext|full text|review text|comment text|message text|内容|文本|评论|留言|正文|消息|评价|反馈)$/,
  time: /^(?:time|date|datetime|timestamp|created|created at|createdat|created utc|posted|posted at|published|published at|sent|sent at|ts|when|day|date unixtime|review date|comment date|时间|日期|发布时间|创建时间|评论时间)$/,
  author:
    /^(?:author|user|username|user name|from|sender|sender name|name|nickname|speaker|by|reviewer|commenter|customer|participant|who|interlocutor|role|author name|author nickname|from name|作者|用户|用户名|昵称|发送人|发言人|姓名|评论者)$/,
  topic:
    /^(?:topic|subject|category|channel|thread|tag|label|chat|group|product|source|theme|section|subreddit|forum|department|channel name|product name|主题|话题|类别|分类|频道|群|产品|标签|来源)$/,
};
/** In a longer name, or in other languages. */
const SAYS_TIME =
  /(?:^| )(?:time|date|datetime|timestamp|created|posted|published|sent|epoch|ts|when|datum|zeit|zeitstempel|fecha|hora|data)(?: |$)|时间|日期/;
/** Where nothing better is there. */
const AUTHOR_ID = /^(?:user id|userid|author id|authorid|from id)$/;
const LEAST_LETTERS = 0.5;

/** "createdAt", "created_at" and "Created At" are one. */
const plain = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[\s_.:/()-]+/g, ' ')
    .trim();

export function guessColumns(columns: readonly ColumnSurvey[]): ColumnChoice & { dateOrder: DateOrder } {
  const taken = new Set<number>();
  const take = (index: number): number | null => {
    if (index < 0) return null;
    taken.add(index);
    return index;
  };
  const find = (fits: (column: ColumnSurvey, index: number) => boolean): number =>
    columns.findIndex((column, index) => !taken.has(index) && column.filledCells > 0 && fits(column, index));
  const named = (role: ColumnRole) => (column: ColumnSurvey) => NAMES[role].test(plain(column.name));

  const text = take(
    find((column) => named('text')(column) && column.letterShare >= LEAST_LETTERS && column.dates() === null),
  );
  const time =
    take(find((column) => named('time')(column) && column.dates() !== null)) ??
    take(find((column) => column.dates() !== null && SAYS_TIME.test(plain(column.name)))) ??
    // Numbers of nine digits or more are ids as often as times.
    take(find((column) => column.dates() !== null && column.meanCharacters >= 8 && !column.isNumbers));
  const author = take(find(named('author'))) ?? take(find((column) => AUTHOR_ID.test(plain(column.name))));
  const topic = take(find((column) => named('topic')(column) && column.differentValues > 1));
  return {
    text: text ?? take(wordiest(columns, taken)) ?? 0,
    ...{ time, author, topic },
    dateOrder: columns[time ?? -1]?.dates()?.guess ?? 'day-first',
  };
}

/** Where the most is written in words. */
function wordiest(columns: readonly ColumnSurvey[], taken: ReadonlySet<number>): number {
  let best = -1;
  columns.forEach((column, index) => {
    if (taken.has(index) || column.letterShare < LEAST_LETTERS || column.dates() !== null) return;
    if (best < 0 || column.meanCharacters > columns[best]!.meanCharacters) best = index;
  });
  return best;
}
