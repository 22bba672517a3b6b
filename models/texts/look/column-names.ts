/** What programs and people call the columns of a table of texts. */
import type { ColumnRole } from '#contract/texts/choice.ts';

export const NAMES: Readonly<Record<ColumnRole, RegExp>> = {
  text: /^(?:text|body|content|contents|message|comment|comments|review|feedback|post|tweet|answer|response|remark|note|caption|description|selftext|full text|review text|comment text|message text|内容|文本|评论|留言|正文|消息|评价|反馈)$/,
  time: /^(?:time|date|datetime|timestamp|created|created at|createdat|created utc|posted|posted at|published|published at|sent|sent at|ts|when|day|date unixtime|review date|comment date|时间|日期|发布时间|创建时间|评论时间)$/,
  author:
    /^(?:author|user|username|user name|from|sender|sender name|name|nickname|speaker|by|reviewer|commenter|customer|participant|who|interlocutor|role|author name|author nickname|from name|作者|用户|用户名|昵称|发送人|发言人|姓名|评论者)$/,
  topic:
    /^(?:topic|subject|category|channel|thread|tag|label|chat|group|product|source|theme|section|subreddit|forum|department|channel name|product name|主题|话题|类别|分类|频道|群|产品|标签|来源)$/,
};
/** In a longer name, or in other languages. */
export const SAYS_TIME =
  /(?:^| )(?:time|date|datetime|timestamp|created|posted|published|sent|epoch|ts|when|datum|zeit|zeitstempel|fecha|hora|data)(?: |$)|时间|日期/;
/** Where nothing better is there. */
export const AUTHOR_ID = /^(?:user id|userid|author id|authorid|from id)$/;

/** "createdAt", "created_at" and "Created At" are one. */
export const plainName = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[\s_.:/()-]+/g, ' ')
    .trim();

export const namesARole = (name: string): boolean =>
  Object.values(NAMES).some((names) => names.test(plainName(name)));
