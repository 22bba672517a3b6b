/** Files as other programs write them. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { transcriptRemarks } from '#main/services/analysis/imported-transcript.ts';
import { readTranscript, type ReadTranscript } from '#models/transcript/read-transcript.ts';

const MINUTE = 60_000;
const read = (content: string | Uint8Array, name = 'talk', durationMs = MINUTE): ReadTranscript =>
  readTranscript(name, typeof content === 'string' ? Buffer.from(content) : content, durationMs);
const rows = ({ transcript: { speakers, utterances } }: ReadTranscript): unknown[] => {
  const label = new Map(speakers.map((one) => [one.id, one.label]));
  return utterances.map((u) => [u.startMs, u.endMs, label.get(u.speakerId), u.text]);
};
const corrected = ({ corrections }: ReadTranscript): unknown =>
  corrections.map(({ code, count }) => [code, count]);

/** A document as Word writes one: runs split anywhere, breaks and tabs as elements. */
function docx(paragraphs: string[]): Uint8Array {
  const xml = paragraphs
    .map((text) => {
      const runs = text.split('\n').map((line) =>
        line
          .split('\t')
          .map((part) => `<w:t>${part}</w:t>`)
          .join('<w:tab/>'),
      );
      return `<w:p><w:r>${runs.join('<w:br/>')}</w:r></w:p>`;
    })
    .join('');
  const body = `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>${xml}</w:body></w:document>`;
  return zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(body) });
}

describe('Otter', () => {
  const TEXT = `Anna Maria  0:00  \nHello there. We meet at 10:30 today.\n\nSpeaker 2  0:07  \nFine: let us go.\nAt once.\n\nTranscribed by https://otter.ai\n`;
  const said = [
    [0, 6143, 'Anna Maria', 'Hello there. We meet at 10:30 today.'],
    [7000, 11_571, 'Speaker 2', 'Fine: let us go. At once.'],
  ];
  test('text: a start each, an end that is taken from the next one, and said so', () => {
    expect(rows(read(TEXT))).toEqual(said);
    expect(corrected(read(TEXT))).toEqual([['end-guessed', 2]]);
    expect(read(TEXT).format).toBe('txt');
  });
  test('the same in a document', () => {
    const paragraphs = [
      'Anna Maria  0:00  ',
      'Hello there. We meet at 10:30 today.',
      '',
      'Speaker 2  0:07',
      'Fine: let us go.',
      'At once.',
    ];
    expect(rows(read(docx(paragraphs)))).toEqual(said);
    expect(read(docx(paragraphs)).format).toBe('docx');
  });
});

describe('Zoom', () => {
  test('recorded: WebVTT with the name before the words', () => {
    const vtt =
      'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAnna Maria: Hello\r\n\r\n2\r\n00:00:02.500 --> 00:00:03.000\r\nBen (he/him): Hi\r\n';
    expect(rows(read(vtt))).toEqual([
      [1000, 2000, 'Anna Maria', 'Hello'],
      [2500, 3000, 'Ben (he/him)', 'Hi'],
    ]);
  });
  test('saved captions: times of the day, counted from the first', () => {
    const text = '[Anna Maria] 10:02:03\nHello there\n\n[Ben] 10:02:09\nHi.\n';
    expect(rows(read(text))).toEqual([
      [0, 2571, 'Anna Maria', 'Hello there'],
      [6000, 7429, 'Ben', 'Hi.'],
    ]);
    expect(corrected(read(text))).toContainEqual(['time-of-day', 2]);
  });
});

test.each([
  [
    '10:02:03 From Anna Schmidt to Everyone: hello all',
    '10:02:15 From Ben to Anna Schmidt (Direct Message): hi: you',
    '10:02:20 From  Anna  Schmidt  to  Everyone:',
    '\tsee http://x.y',
  ],
  [
    '10:02:03\t From Anna Schmidt : hello all',
    '10:02:15\t From Ben : hi: you',
    '10:02:20\t From Anna Schmidt : see http://x.y',
  ],
])('the chat that Zoom saves: who wrote, counted from the first message: %s', (...lines) => {
  expect(rows(read(lines.join('\r\n')))).toEqual([
    [0, 2286, 'Anna Schmidt', 'hello all'],
    [12_000, 14_000, 'Ben', 'hi: you'],
    [17_000, 20_000, 'Anna Schmidt', 'see http://x.y'],
  ]);
});
test('one line from somewhere to somewhere is no chat', () => {
  const text = '[00:01] From London to Paris: two hours\n[00:05] Ben: ok\n[00:09] Ann: well\n';
  expect(rows(read(text)).map((row) => (row as unknown[])[2])).not.toContain('London');
});

test('a talk goes on over midnight', () => {
  const text =
    '[Ann] 23:59:50\nHello\n\n[Ben] 23:59:58\nHi\n\n[Ann] 00:00:05\nA new day\n\n[Ben] 00:00:12\nYes\n';
  expect(read(text).transcript.utterances.map(({ startMs }) => startMs)).toEqual([0, 8000, 15_000, 22_000]);
});

describe('Teams', () => {
  test('WebVTT: voices, several lines a cue, identifiers', () => {
    const vtt =
      'WEBVTT\n\n6e7b0c2e-1f/12-0\n00:00:03.110 --> 00:00:05.440\n<v Anna Maria>Hello\neveryone.</v>\n';
    expect(rows(read(vtt))).toEqual([[3110, 5440, 'Anna Maria', 'Hello everyone.']]);
  });
  test('the older document: times, name and words in one paragraph', () => {
    const document = docx([
      '0:0:0.0 --> 0:0:2.160\nAnna Maria\nHello everyone.',
      '0:0:2.5 --> 0:0:4.0\nBen\nHi: I am --> here.',
    ]);
    expect(rows(read(document))).toEqual([
      [0, 2160, 'Anna Maria', 'Hello everyone.'],
      [2500, 4000, 'Ben', 'Hi: I am --> here.'],
    ]);
  });
  test('the newer document: name and time above the words', () => {
    const document = docx([
      'Weekly-Meeting',
      '13 May 2024, 08:00am',
      '',
      'Anna Maria started transcription',
      '',
      'Anna Maria   0:03\nHello everyone.',
      '',
      'Ben   0:09\nHi.',
    ]);
    const file = read(document);
    expect(rows(file)).toEqual([
      [3000, 6143, 'Anna Maria', 'Hello everyone.'],
      [9000, 10_429, 'Ben', 'Hi.'],
    ]);
    expect(transcriptRemarks(file).map(({ message }) => message)).toContain(
      'In the transcript file, 2 lines or tiers are no part of the talk: left out.',
    );
  });
});

test('what programs write below the talk is not said by anybody', () => {
  const meet =
    '00:00:00\n\nAnna: Hello\nBen: Bye\nMeeting ended after 01:05:12 👋\nThis editable transcript was computer generated and might contain errors.\n';
  expect(read(meet).transcript.utterances.map(({ text }) => text)).toEqual(['Hello', 'Bye']);
  const teams = docx([
    ...['Anna Schmidt hat die Transkription gestartet', 'Anna Schmidt   0:03\nHallo zusammen.'],
    ...['Ben   0:09\nBis dann.', 'Anna Schmidt hat die Transkription beendet'],
  ]);
  expect(read(teams).transcript.utterances.map(({ text }) => text)).toEqual(['Hallo zusammen.', 'Bis dann.']);
});

describe('a table in a document', () => {
  const table = (rows: string[][]): Uint8Array => {
    const cell = (text: string): string =>
      `<w:tc>${text
        .split('\n')
        .map((part) => `<w:p><w:r><w:t>${part}</w:t></w:r></w:p>`)
        .join('')}</w:tc>`;
    const xml = rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('');
    const body = `<w:document xmlns:w="x"><w:body><w:p/><w:tbl>${xml}</w:tbl><w:p/></w:body></w:document>`;
    return zipSync({ 'word/document.xml': strToU8(body) });
  };
  const said = [
    ['Schmidt, Anna', 'Hello there: you'],
    ['Ben', 'Hi so'],
    ['Schmidt, Anna', 'Bye'],
  ];
  test.each<[string, string[][]]>([
    [
      'time, name, words',
      [
        ['0:01', 'Schmidt, Anna', 'Hello there: you'],
        ['0:05', 'Ben', 'Hi\nso'],
        ['0:09', 'Schmidt, Anna', 'Bye'],
      ],
    ],
    [
      'a heading and numbers',
      [
        ['No.', 'Speaker', 'Time', 'Words'],
        ['1', 'Schmidt, Anna', '[0:01]', 'Hello there: you'],
        ['2', 'Ben', '[0:05]', 'Hi so'],
        ['3', 'Schmidt, Anna', '[0:09]', 'Bye'],
      ],
    ],
    [
      'start and end',
      [
        ['0:01', '0:03', 'Schmidt, Anna', 'Hello there: you'],
        ['0:05', '0:06', 'Ben', 'Hi so'],
        ['0:09', '0:10', 'Schmidt, Anna', 'Bye'],
      ],
    ],
  ])('%s are the cells of a row', (name, cells) => {
    const found = rows(read(table(cells))) as [number, number, ...string[]][];
    expect(found.map((row) => row.slice(2))).toEqual(said);
    expect(found.map(([startMs]) => startMs)).toEqual([1000, 5000, 9000]);
    if (name === 'start and end') expect(found.map(([, endMs]) => endMs)).toEqual([3000, 6000, 10_000]);
  });
  test('one without times is text as it stands', () => {
    const letter = table([
      ['Anna: Hello', 'Ben: Hi'],
      ['Anna: Bye', ''],
    ]);
    expect(rows(read(letter)).map((row) => (row as unknown[]).slice(2))).toEqual([
      ['Anna', 'Hello'],
      ['Ben', 'Hi'],
      ['Anna', 'Bye'],
    ]);
  });
});

describe('Google Meet', () => {
  test('a time now and then; between them utterances share it by the length of their words', () => {
    const text =
      'Stand-up (2024-05-13 10:02 GMT+2) - Transcript\nAttendees\nAnna, Ben\nTranscript\n00:00:00\n\nAnna: Hello there everybody\nBen: Hi\n00:00:20\n\nAnna: Bye\nTranscription ended after 00:00:31\n';
    const file = read(text);
    expect(rows(file)).toEqual([
      [0, 4000, 'Anna', 'Hello there everybody'],
      [15_134, 16_420, 'Ben', 'Hi'],
      [20_000, 21_429, 'Anna', 'Bye'],
    ]);
    expect(corrected(file)).toEqual([
      ['start-guessed', 1],
      ['end-guessed', 2],
    ]);
  });
});

describe('text with names', () => {
  test('without any times they are guessed over the recording, and that is said', () => {
    const file = read('Anna: Hello there.\nHow are you?\n安娜：我很好，谢谢。\nAnna: Good.\n', 'talk.txt');
    expect(file.transcript.utterances.map(({ startMs }) => startMs)).toEqual([0, 27_236, 49_790]);
    expect(file.transcript.speakers.map(({ label }) => label)).toEqual(['Anna', '安娜']);
    expect(file.transcript.utterances[0]!.text).toBe('Hello there. How are you?');
    expect(corrected(file)).toEqual([['start-guessed', 3]]);
  });
  test.each([
    ['[00:01] Anna: Hello there\n[00:05] Ben: Hi', 'Anna', 'Hello there'],
    ['00:01 - 00:04 Anna: Hello there\n00:05 - 00:06 Ben: Hi', 'Anna', 'Hello there'],
    ['Anna (00:01): Hello there\nBen (00:05): Hi', 'Anna', 'Hello there'],
    ['00:01 Anna\nHello there\n00:05 Ben\nHi\n00:08 Anna\nwell\n00:09 Ben\nyes', 'Anna', 'Hello there'],
    ['0:01\nHello there\n0:05\nHi', 'Speaker', 'Hello there'],
  ])('%j', (text, speaker, words) => {
    const [first] = rows(read(text));
    expect(first).toEqual([1000, expect.any(Number), speaker, words]);
  });
  test('minutes go on over 99 where no hours are written', () => {
    const text = '0:01 Anna: Hello\n99:59 Ben: Hi\n100:00 Anna: So\n';
    const { transcript } = read(text, 'talk', 3 * 3_600_000);
    expect(transcript.utterances.map(({ startMs }) => startMs)).toEqual([1000, 5_999_000, 6_000_000]);
    expect(rows(read('WEBVTT\n\n100:00.500 --> 101:00.000\nHi\n', 'talk', 3 * 3_600_000))).toEqual([
      [6_000_500, 6_060_000, 'Speaker', 'Hi'],
    ]);
  });
  test.each([
    'Ann: Hello\nso to say\n[laughs]\nand on\nBen: Bye\n(sighs)\n',
    '[00:01] Ann: Hello\nso to say\n[laughs]\nand on\n[00:50] Ben: Bye\n(sighs)\n',
    'Ann  0:01\nHello\nso to say\n[laughs]\nand on\n\nBen  0:50\nBye\n(sighs)\n',
  ])('what is heard stands for itself, within or after the words: %j', (text) => {
    const { transcript } = read(text);
    expect(rows(read(text)).map((row) => (row as unknown[]).slice(2))).toEqual([
      ['Ann', 'Hello so to say'],
      ['Ann', 'and on'],
      ['Ben', 'Bye'],
    ]);
    expect(transcript.events?.map(({ kind }) => kind)).toEqual(['laughs', 'sighs']);
  });
  test('what is no dialogue is not taken for one', () => {
    for (const text of [
      'Dear diary,\nwe met at 10:30\nand it was fine.',
      'Note: one line',
      'a\nb\nc: d\ne\nf',
    ])
      expect(() => read(text, 'diary.txt')).toThrow(/no transcript/);
  });
});

describe('Praat', () => {
  const LONG = `File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = 10.5 \ntiers? <exists> \nsize = 4 \nitem []: \n    item [1]:\n        class = "IntervalTier" \n        name = "Anna" \n        xmin = 0 \n        xmax = 10.5 \n        intervals: size = 2 \n        intervals [1]:\n            xmin = 0 \n            xmax = 1.2345 \n            text = "" \n        intervals [2]:\n            xmin = 1.2345 \n            xmax = 10.5 \n            text = "She said ""hi"" ! there" \n    item [2]:\n        class = "IntervalTier" \n        name = "Anna - words" \n        xmin = 0 \n        xmax = 10.5 \n        intervals: size = 1 \n        intervals [1]:\n            xmin = 1.5 \n            xmax = 2 \n            text = "She" \n    item [3]:\n        class = "IntervalTier" \n        name = "Anna - phones" \n        xmin = 0 \n        xmax = 10.5 \n        intervals: size = 1 \n        intervals [1]:\n            xmin = 1.5 \n            xmax = 2 \n            text = "S" \n    item [4]:\n        class = "TextTier" \n        name = "bell" \n        xmin = 0 \n        xmax = 10.5 \n        points: size = 1 \n        points [1]:\n            number = 3.3 \n            mark = "ding" \n`;
  const SHORT =
    'File type = "ooTextFile"\n"TextGrid"\n\n0\n10.5\n<exists>\n1\n"IntervalTier"\n"Anna"\n0\n10.5\n1\n1.2345\n10.5\n"She said ""hi"" ! there"\n';
  const said = [[1235, 10_500, 'Anna', 'She said "hi" ! there']];
  test('long and short, in UTF-8 and UTF-16 of either order, with and without a mark', () => {
    for (const text of [LONG, SHORT]) {
      const little = Buffer.from(text, 'utf16le');
      for (const bytes of [
        Buffer.from(text),
        little,
        Buffer.from(little).swap16(),
        Buffer.from(`\uFEFF${text}`, 'utf16le'),
        Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      ])
        expect(rows(read(bytes, 'a.TextGrid'))).toEqual(said);
    }
  });
  test('words go to their utterance; sounds and points are left out, and counted', () => {
    const file = read(LONG);
    expect(file.transcript.utterances[0]!.words).toEqual([
      { text: 'She', startMs: 1500, endMs: 2000, confidence: null },
    ]);
    expect(file.leftOut).toBe(2);
  });
  test('an aligner’s file with words alone: pauses part the utterances', () => {
    const tier = (name: string, words: string): string => `"IntervalTier"\n"${name}"\n0\n5\n${words}`;
    const file = read(
      `"ooTextFile"\n"TextGrid"\n0\n5\n<exists>\n2\n${tier('words', '4\n0 .5 "hello"\n.5 1 "there"\n1 3 ""\n3 4 "again"\n')}${tier('phones', '1\n0 5 "x"\n')}`
        .replaceAll(' .5', ' 0.5')
        .replaceAll('\n.5', '\n0.5'),
    );
    expect(rows(file)).toEqual([
      [0, 1000, 'Speaker', 'hello there'],
      [3000, 4000, 'Speaker', 'again'],
    ]);
  });
  test('a cut file is refused with the line', () => {
    expect(() => read(LONG.slice(0, 420))).toThrow(/^Line 2\d: The TextGrid is broken or cut/);
    expect(() => read(LONG.replace('size = 4', 'size = 4000000000'))).toThrow(/1,000 tiers/);
  });
});

describe('ELAN', () => {
  const EAF = `<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2024-05-13T10:00:00+01:00" FORMAT="3.0" VERSION="3.0">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"><PROPERTY NAME="x">1</PROPERTY></HEADER>
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="100"/><TIME_SLOT TIME_SLOT_ID="ts2"/><TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="900"/></TIME_ORDER>
<TIER LINGUISTIC_TYPE_REF="default-lt" PARTICIPANT="Anna" TIER_ID="A_ORT"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts3"><ANNOTATION_VALUE>Hello &amp; <![CDATA[<there>]]></ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER LINGUISTIC_TYPE_REF="tr" PARENT_REF="A_ORT" PARTICIPANT="Anna" TIER_ID="A_TR"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1"><ANNOTATION_VALUE>Hallo</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
<TIER LINGUISTIC_TYPE_REF="w" PARENT_REF="A_ORT" PARTICIPANT="Anna" TIER_ID="A_W"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>Hello</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>`;
  test('participants are speakers; translations are left out, and counted', () => {
    expect(rows(read(EAF))).toEqual([[100, 900, 'Anna', 'Hello & <there>']]);
    expect(read(EAF).leftOut).toBe(1);
    expect(read(EAF).format).toBe('eaf');
  });
  test('slots without a time divide what stands between those with one', () => {
    const slots = [100, null, null, 400, 1000, null, 1400]
      .map((ms, i) => `<TIME_SLOT TIME_SLOT_ID="t${i}"${ms === null ? '' : ` TIME_VALUE="${ms}"`}/>`)
      .join('');
    const spans = (said: [string, number, number][]): string =>
      said
        .map(
          ([text, from, to]) =>
            `<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="t${from}" TIME_SLOT_REF2="t${to}"><ANNOTATION_VALUE>${text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>`,
        )
        .join('');
    const document = (tiers: string): string =>
      `<ANNOTATION_DOCUMENT><TIME_ORDER>${slots}</TIME_ORDER>${tiers}</ANNOTATION_DOCUMENT>`;
    const words = spans([
      ['one', 0, 1],
      ['two', 1, 2],
      ['three', 2, 3],
      ['four', 4, 5],
      ['five', 5, 6],
    ]);
    const above = spans([
      ['one two three', 0, 3],
      ['four five', 4, 6],
    ]);
    const { transcript } = read(
      document(
        `<TIER TIER_ID="Ann">${above}</TIER><TIER TIER_ID="Ann-words" PARENT_REF="Ann">${words}</TIER>`,
      ),
    );
    expect(
      transcript.utterances.flatMap((u) => u.words.map(({ text, startMs, endMs }) => [text, startMs, endMs])),
    ).toEqual([
      ['one', 100, 200],
      ['two', 200, 300],
      ['three', 300, 400],
      ['four', 1000, 1200],
      ['five', 1200, 1400],
    ]);
    expect(
      rows(read(document(`<TIER TIER_ID="Ann">${words}</TIER>`))).map((row) => (row as number[])[0]),
    ).toEqual([100, 200, 300, 1000, 1200]);
    expect(() => read(document(`<TIER TIER_ID="Ann">${spans([['lost', 8, 9]])}</TIER>`))).toThrow(/no times/);
  });
  test('document types, entities without end, and broken XML are refused with the line', () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "${'ha'.repeat(100)}"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>\n<ANNOTATION_DOCUMENT>&y;</ANNOTATION_DOCUMENT>`;
    expect(() => read(bomb)).toThrow(/^Line 2: .*DTD/);
    expect(() => read(EAF.replace('Hello &amp;', 'Hello &y;'))).toThrow(/^Line 5: The XML is broken here/);
    expect(() => read(EAF.slice(0, 900))).toThrow(/^Line \d+: The XML is broken here/);
    expect(() => read(`<?xml version="1.0"?>${'<a>'.repeat(1000)}`)).toThrow(/nested too deeply/);
    expect(() => read('<?xml version="1.0"?><html/>')).toThrow(/no ELAN/);
  });
});

describe('tables', () => {
  test('headings in two languages, three delimiters, times as clocks, seconds and milliseconds', () => {
    const said = [
      [1000, 2500, 'Anna', 'Hello, there'],
      [3000, 4000, 'Ben', 'Hi'],
    ];
    for (const table of [
      'start_ms,end_ms,speaker,text\n1000,2500,Anna,"Hello, there"\n3000,4000,Ben,Hi\n',
      'Start Time;End Time;Speaker Name;Transcript\n00:00:01;00:00:02,500;Anna;Hello, there\n00:00:03;00:00:04;Ben;Hi\n',
      'Speaker\tStart (s)\tDuration (s)\tContent\nAnna\t1\t1.5\tHello, there\nBen\t3.0\t1\tHi',
      '开始时间,结束时间,说话人,文本\n1.0,2.5,Anna,"Hello, there"\n3.0,4,Ben,Hi\n',
    ])
      expect(rows(read(table)), table).toEqual(said);
  });
  test('whole numbers without a unit are one unit throughout: what the words and the recording fit', () => {
    const table = (...times: [number, number][]): string =>
      `start,end,speaker,text\n${times.map(([from, to], i) => `${from},${to},Ann,${['Hello', 'Hi there', 'Long talk here'][i]}\n`).join('')}`;
    const times = (text: string, durationMs: number): unknown[] =>
      rows(read(text, 'talk', durationMs)).map((row) => (row as unknown[]).slice(0, 2));
    const minutes = table([0, 90], [90, 250]);
    for (const durationMs of [Infinity, 250_000, 3_600_000])
      expect(times(minutes, durationMs)).toEqual([
        [0, 90_000],
        [90_000, 250_000],
      ]);
    const quarter = table([0, 400], [400, 900], [900, 1300]);
    for (const durationMs of [Infinity, 1_500_000])
      expect(times(quarter, durationMs).at(-1)).toEqual([900_000, 1_300_000]);
    const talk = table([0, 900], [1000, 2250]);
    for (const durationMs of [Infinity, 3000, 7_200_000])
      expect(times(talk, durationMs)).toEqual([
        [0, 900],
        [1000, 2250],
      ]);
    // A recording of forty minutes says more than words that could be said in two seconds.
    expect(times(talk, 2_400_000)[1]).toEqual([1_000_000, 2_250_000]);
    // One column's unit is the other's.
    expect(times('start_s,end,text\n1,2000,Hello\n', 3_600_000)).toEqual([[1000, 2_000_000]]);
    expect(times('start,end,text\n1,2,Hello\n2,3.5,Bye\n', MINUTE)).toEqual([
      [1000, 2000],
      [2000, 3500],
    ]);
  });
  test('formulas stay words: read as they stand, and escaped when written', () => {
    const table = "start_ms,end_ms,speaker,text\n0,900,Anna,=HYPERLINK(1)\n1000,1900,Ben,'=1+1\n";
    expect(rows(read(table)).map((row) => (row as string[])[3])).toEqual(['=HYPERLINK(1)', '=1+1']);
  });
  test('quotation marks that nothing closes are words, wherever rows follow', () => {
    const table = (n: number): string =>
      `start_ms,end_ms,speaker,text\r\n0,900,Ann,"He said ""hi"", then left"\r\n1000,1900,Ben,"Well\r\n${Array.from({ length: n }, (_, i) => `${2000 + 100 * i},${2090 + 100 * i},Ann,So ""on"" it goes\r\n`).join('')}`;
    for (const n of [0, 2, 60_000]) {
      const { utterances } = read(table(n), 'talk', Infinity).transcript;
      expect(utterances).toHaveLength(n + 2);
      expect(utterances.slice(0, 2).map(({ text }) => text)).toEqual(['He said "hi", then left', '"Well']);
      if (n > 0) expect(utterances.at(-1)!.text).toBe('So ""on"" it goes');
    }
    // Lines that are no rows are the words of a cell that is cut.
    expect(() => read(`${table(0)}and more\r\nof it`)).toThrow(/^Line 3: Quotation marks/);
  });
  test('a cut table is refused with the line where the open cell began', () => {
    expect(() => read('start_ms,end_ms,speaker,text\n0,900,Anna,hi\n1000,1900,Ben,"Hel')).toThrow(
      /^Line 3: Quotation marks/,
    );
  });
});
