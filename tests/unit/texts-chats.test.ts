/** Chats as text, as WhatsApp in several languages and DiscordChatExporter write them: who said what when, and nothing that the program itself says. */
import { expect, test } from 'vitest';
import { survey } from '#models/texts/look/survey.ts';
import { textsOf } from '#models/texts/texts-of.ts';
import { cellsOf, opened } from '../fixtures/texts-table.ts';

const IPHONE = `[12/03/2024, 10:15:32] Ann: first line
second line
[12/03/2024, 10:16:00] Ben: \u200Eimage omitted
\u200E[12/03/2024, 10:17:00] \u200EBen added Zoë
[13/03/2024, 9:02:01\u202FPM] Zoë: see: you`;
const ANDROID = `3/12/24, 10:15 - Messages are end-to-end encrypted.
3/12/24, 10:15 - Ann: first line
second line
3/12/24, 10:16 - Ben: <Media omitted>
3/13/24, 9:02 PM - Zoë: see: you`;
test.each([IPHONE, ANDROID])('a WhatsApp chat', async (content) => {
  const table = await opened('_chat.txt', content);
  expect(table).toMatchObject({ format: 'whatsapp', chat: true });
  expect((await cellsOf(table)).map(([, author, text]) => [author, text])).toEqual([
    ['Ann', 'first line\nsecond line'],
    ['Ben', ''],
    ['Zoë', 'see: you'],
  ]);
  expect((await survey(table)).guess.columns).toEqual({ text: 2, time: 0, author: 1, topic: null });
});

test.each([
  ['Chinese', '2024/3/12 上午10:15 - 安娜: 你好\n2024/3/12 下午1:16 - 小明: 今天很高兴', '安娜', '小明'],
  ['French', '12/03/2024 à 10:15 - Anna: Bonjour\n12/03/2024 à 13:16 - Ben: Salut', 'Anna', 'Ben'],
  ['Spanish', '12/3/24, 10:15 a.\u00A0m. - Ana: Hola\n12/3/24, 1:16 p.\u00A0m. - Ben: Qué tal', 'Ana', 'Ben'],
  ['Finnish', '12.3.2024 klo 10.15 - Anna: Moi\n12.3.2024 klo 13.16 - Ben: Hei', 'Anna', 'Ben'],
  ['Danish', '12.03.2024 10.15 - Anna: Hej\n12.03.2024 13.16 - Ben: Hej igen', 'Anna', 'Ben'],
  [
    'Korean',
    '2024년 3월 12일 오전 10:15, 안나 : 안녕\n2024년 3월 12일 오후 1:16, 민수 : 반가워',
    '안나',
    '민수',
  ],
  [
    'Korean of a phone',
    '[2024. 3. 12. 오전 10:15:00] 안나: 안녕\n[2024. 3. 12. 오후 1:16:00] 민수: 네',
    '안나',
    '민수',
  ],
  [
    'Arabic',
    '١٢\u200F/٣\u200F/٢٠٢٤، ١٠:١٥ ص - ليلى: مرحبا\n١٢\u200F/٣\u200F/٢٠٢٤، ١:١٦ م - علي: أهلا',
    'ليلى',
    'علي',
  ],
  [
    'English of a phone',
    '[3/12/24, 10:15:00\u202FAM] Anna: Hello\n[3/12/24, 1:16:00\u202FPM] Ben: Hi',
    'Anna',
    'Ben',
  ],
])('a WhatsApp chat in %s: its times and names', async (language, content, first, second) => {
  const table = await opened('chat.txt', content);
  expect(table.format).toBe('whatsapp');
  const { guess } = await survey(table);
  const dateOrder = language === 'English of a phone' ? 'month-first' : guess.dateOrder;
  const found = [];
  for await (const { author, timeMs } of textsOf(table, { ...guess, dateOrder }).texts)
    found.push([author, new Date(timeMs!).toISOString().slice(0, 16)]);
  expect(found).toEqual([
    [first, '2024-03-12T10:15'],
    [second, '2024-03-12T13:16'],
  ]);
});

test.each([
  ['IMG-20240312-WA0001.jpg (file attached)\nlook at this', 'look at this'],
  ['Bericht über März.pdf (Datei angehängt)', ''],
  ['<Media omitted>\nthe whole family', 'the whole family'],
  ['<Medien ausgeschlossen>', ''],
  ['<省略媒体文件>', ''],
  ['\u200E<attached: 0001-PHOTO.jpg>', ''],
  ['This message was deleted', ''],
  ['Diese Nachricht wurde gelöscht.', ''],
  ['此消息已删除', ''],
  ['Missed voice call', ''],
  ['real text <This message was edited>', 'real text'],
  ['kommt \u200E<Diese Nachricht wurde bearbeitet.>', 'kommt'],
  ['好的 <此消息已编辑>', '好的'],
  ['<3', '<3'],
  ['<sigh>', '<sigh>'],
  ['This message was deleted by mistake, I meant it', 'This message was deleted by mistake, I meant it'],
  ['amazon.de (really good)', 'amazon.de (really good)'],
])('the words of a message in WhatsApp’s export: %s', async (message, words) => {
  const table = await opened(
    'chat.txt',
    `12/03/2024, 10:15 - Ann: hello\n12/03/2024, 10:16 - Ben: ${message}\n`,
  );
  expect((await cellsOf(table))[1]![2]).toBe(words);
});

test('what the program says in a group names nobody, whatever stands in quotation marks', async () => {
  const said = [
    'Ann created group "Trip: Rome"',
    'Ann hat die Gruppe „Rom: 2024“ erstellt',
    'Ann created group “Trip: Rome”',
  ];
  const lines = [...said, 'Ben "Benny" K: hi', 'Cem „Jim“ D: ho'].map(
    (words) => `12/03/2024, 10:15 - ${words}`,
  );
  expect((await cellsOf(await opened('chat.txt', lines.join('\n')))).map(([, author]) => author)).toEqual([
    'Ben "Benny" K',
    'Cem „Jim“ D',
  ]);
});

test('a Discord channel as text: messages of several lines, without files, reactions and joins', async () => {
  const rule = '='.repeat(62);
  const messages = [
    '[3/12/2024 10:15 AM] anna\nHello all\n\nand [one] more: line\n',
    '[3/13/2024 10:16 PM] ben#1234\nsee this\n\n{Attachments}\nhttps://cdn/x.png\n\n{Reactions}\n👍 (1)\n',
    '[3/13/2024 10:17 PM] cem\nJoined the server.\n',
    '[3/13/2024 10:18 PM] anna (pinned)\nok\n',
  ];
  const content = `${rule}\nGuild: Club\nChannel: general\n${rule}\n\n${messages.join('\n')}\n${rule}\nExported 4 message(s)\n${rule}\n`;
  const table = await opened('channel.txt', content);
  expect(table.chat).toBe(true);
  expect(await cellsOf(table)).toEqual([
    ['3/12/2024 10:15 AM', 'anna', 'Hello all\n\nand [one] more: line'],
    ['3/13/2024 10:16 PM', 'ben#1234', 'see this'],
    ['3/13/2024 10:18 PM', 'anna', 'ok'],
  ]);
  expect((await survey(table)).guess).toMatchObject({
    columns: { text: 2, time: 0, author: 1, topic: null },
    dateOrder: 'month-first',
  });
});
