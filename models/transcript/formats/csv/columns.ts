/** Which column of somebody's table is what, by its heading. */

import type { TimeUnit } from './time-unit.ts';

export const COLUMN_USES = ['start', 'end', 'duration', 'speaker', 'text', 'confidence'] as const;
export type ColumnUse = (typeof COLUMN_USES)[number];

const HEADINGS: Readonly<Record<ColumnUse, RegExp>> = {
  start: /^(?:start|begin|onset|from|in|time|timestamp|tstart|t0|开始|起始|时间|起)$/,
  end: /^(?:end|stop|offset|to|out|finish|tend|t1|结束|终止|止)$/,
  duration: /^(?:duration|length|dur|时长|持续时间)$/,
  speaker:
    /^(?:speaker|name|participant|subject|who|role|author|user|person|说话人|发言人|讲话人|姓名|角色)$/,
  text: /^(?:text|transcript|transcription|utterance|words|content|message|sentence|caption|speech|内容|文本|文字|话语|台词|转写)$/,
  confidence: /^recogniserconfidence$/,
};

export interface Column {
  index: number;
  /** Said by the heading ("start_ms"); null where the numbers have to tell. */
  unit: TimeUnit | null;
}

export type Columns = Partial<Record<ColumnUse, Column>>;

/** Of several columns for one use the first counts. */
export function columnsOf(headings: readonly string[]): Columns {
  const columns: Columns = {};
  headings.forEach((heading, index) => {
    const { name, unit } = parted(heading);
    const use = COLUMN_USES.find((one) => HEADINGS[one].test(name));
    if (use !== undefined) columns[use] ??= { index, unit };
  });
  return columns;
}

/** "Start Time (s)" is `start` in seconds. */
function parted(heading: string): { name: string; unit: TimeUnit | null } {
  const words = heading
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_.:()[\]-]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  const unit = /^(?:ms|msec|milliseconds?|毫秒)$/.test(last)
    ? 'ms'
    : /^(?:s|secs?|seconds?|秒)$/.test(last)
      ? 's'
      : null;
  const rest = unit === null ? words : words.slice(0, -1);
  const telling = rest.filter((word) => !['time', 'id', 'name'].includes(word));
  const named = telling.length > 0 ? telling : rest.slice(0, 1);
  return { name: named.join('').replace(/(?<=..)时间$/, ''), unit };
}
