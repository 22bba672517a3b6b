/** JSON of any program, and what chat programs export as such: their conversations, without what the programs say themselves. */
import { expect, test } from 'vitest';
import { survey } from '#models/texts/look/survey.ts';
import { textsOf } from '#models/texts/texts-of.ts';
import { cellsOf, opened } from '../fixtures/texts-table.ts';

const TELEGRAM = {
  chats: {
    list: [
      {
        name: 'Family',
        messages: [
          { id: 1, type: 'service', date: '2024-03-01T10:00:00', actor: 'Ann', text: '' },
          {
            id: 2,
            type: 'message',
            date: '2024-03-01T10:01:00',
            from: 'Ann',
            text: ['so ', { type: 'bold', text: 'good' }],
          },
        ],
      },
      {
        name: 'Work',
        messages: [{ id: 3, type: 'message', date: '2024-03-02T09:00:00', from: 'Ben', text: 'late again' }],
      },
    ],
  },
};
const SLACK = [
  {
    ...{ user: 'U1', type: 'message', ts: '1709287200.000200', user_profile: { real_name: 'Ann Lee' } },
    text: 'Hi <@U2> &amp; <!here>: see <https://x.y|this> &lt;3 <#C1|help> <@U9>',
  },
  { user: 'U2', type: 'message', subtype: 'channel_join', ts: '1709287230.000200', text: '<@U2> has joined' },
  {
    user: 'U2',
    type: 'message',
    ts: '1709287260.000200',
    text: 'hi there',
    user_profile: { real_name: 'Ben' },
  },
];
const DISCORD = {
  guild: { name: 'Club' },
  messages: [
    {
      ...{ id: '0', type: 'GuildMemberJoin', timestamp: '2024-03-01T09:00:00+00:00' },
      ...{ content: 'Joined the server.', author: { id: '7', name: 'ann' } },
    },
    {
      ...{ id: '1', type: 'Default' },
      timestamp: '2024-03-01T10:00:00.1+00:00',
      content: 'well played',
      author: { id: '7', name: 'ann' },
    },
    {
      id: '2',
      timestamp: '2024-03-01T10:00:05.1+00:00',
      content: 'thank you',
      author: { id: '8', name: 'ben' },
    },
  ],
};
test.each([
  ['Telegram', TELEGRAM, { text: 'text', time: 'date', author: 'from', topic: 'chat' }],
  ['Slack', SLACK, { text: 'text', time: 'ts', author: 'user', topic: null }],
  ['Discord', DISCORD, { text: 'content', time: 'timestamp', author: 'author.name', topic: null }],
])('what %s exports is a conversation with its columns found', async (_, content, expected) => {
  const table = await opened('result.json', JSON.stringify(content, null, 1));
  const { guess } = await survey(table);
  expect(guess.context).toBe('conversation');
  const name = (column: number | null) => (column === null ? null : table.columns[column]);
  const { text, time, author, topic } = guess.columns;
  expect({ text: name(text), time: name(time), author: name(author), topic: name(topic) }).toEqual(expected);
});

/** Author and words, by the columns found. */
async function saidIn(content: unknown): Promise<(string | null)[][]> {
  const table = await opened('result.json', JSON.stringify(content));
  const { guess } = await survey(table);
  const said = [];
  for await (const { author, text } of textsOf(table, guess).texts) said.push([author, text]);
  return said;
}

test('a Slack chat: authors by their names, words as Slack shows them, nobody joins', async () => {
  expect(await saidIn(SLACK)).toEqual([
    ['Ann Lee', 'Hi @Ben & @here: see this <3 #help @user'],
    ['Ben', 'hi there'],
  ]);
});

test('what Discord says itself is no message', async () => {
  expect(await saidIn(DISCORD)).toEqual([
    ['ann', 'well played'],
    ['ben', 'thank you'],
  ]);
});

test('Facebook’s messages: their senders, and their letters as they were written', async () => {
  const messages = [
    {
      sender_name: 'Zo\u00c3\u00ab',
      timestamp_ms: 1710238532000,
      content: 'Gr\u00c3\u00bc\u00c3\u009fe \u00f0\u009f\u0098\u0080',
    },
    { sender_name: 'Ben', timestamp_ms: 1710238632000, content: 'all good here' },
  ];
  expect(await saidIn({ participants: [{ name: 'Ben' }], messages })).toEqual([
    ['Zoë', 'Grüße 😀'],
    ['Ben', 'all good here'],
  ]);
  expect(await saidIn([{ text: 'Ã© is a mistake' }, { text: 'élan' }])).toEqual([
    [null, 'Ã© is a mistake'],
    [null, 'élan'],
  ]);
});

test('the comments of a post, and the replies to them, are texts of their own', async () => {
  const posts = [
    {
      ...{ title: 'Post', body: 'post body is here' },
      comments: [
        { body: 'a comment', author: 'x', replies: [{ body: 'a reply', author: 'z' }] },
        { body: 'b comment' },
      ],
    },
    { title: 'Post2', body: 'another post', comments: [] },
  ];
  const table = await opened('posts.json', JSON.stringify(posts));
  expect(table.columns).toEqual(['title', 'body', 'author']);
  expect((await cellsOf(table)).map(([, body]) => body)).toEqual([
    'post body is here',
    'a comment',
    'a reply',
    'b comment',
    'another post',
  ]);
  const lines = posts.map((post) => JSON.stringify(post)).join('\n');
  expect(await cellsOf(await opened('posts.jsonl', lines))).toHaveLength(5);
});
