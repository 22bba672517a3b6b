import { describe, expect, test } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { transcript } from '#contract/transcript/utterance.ts';
import { decodeText } from '#models/transcript/file/decode-text.ts';
import { readTranscript } from '#models/transcript/read-transcript.ts';

const MINUTE = 60_000;
const rows = (text: string, name = 'talk', durationMs = MINUTE): unknown[] => {
  const { corrections, transcript: read } = readTranscript(name, Buffer.from(text), durationMs);
  const { speakers, utterances } = transcript.parse(read);
  const label = new Map(speakers.map((one) => [one.id, one.label]));
  return [...utterances.map((u) => [u.startMs, u.endMs, label.get(u.speakerId), u.text]), ...corrections];
};

describe('WebVTT', () => {
  test('voices, settings, comments, styles, tags and references', () => {
    const vtt = `WEBVTT - a talk

STYLE
::cue { color: red }

NOTE nobody reads this

intro
00:01.000 --> 00:02.500 align:start line:0%
<v Anna Maria>How are <b>you</b> &amp; <i>yours</i>?

00:00:03.000 --> 00:00:05.000
<v.loud Ben>Fine.</v> <v Anna Maria>Good, I <3 that.</v>
`;
    expect(rows(vtt)).toEqual([
      [1000, 2500, 'Anna Maria', 'How are you & yours?'],
      [3000, 3476, 'Ben', 'Fine.'],
      [3476, 5000, 'Anna Maria', 'Good, I <3 that.'],
    ]);
  });

  test('byte-order mark and every kind of line end', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(rows(`\uFEFFWEBVTT${end}${end}00:01.000 --> 00:02.000${end}One${end}two${end}`)).toEqual([
        [1000, 2000, 'Speaker', 'One two'],
      ]);
  });
});

describe('SRT', () => {
  test('numbers, commas, markup, and a missing empty line', () => {
    const srt = `1\n00:00:01,000 --> 00:00:02,000\n<font color="#fff">Hello</font> {\\an8}there\n2\n00:00:02,500 --> 00:00:03,5\nYou\n`;
    expect(rows(srt)).toEqual([
      [1000, 2000, 'Speaker', 'Hello there'],
      [2500, 3500, 'Speaker', 'You'],
    ]);
  });

  test('speakers before the words, when most utterances have them', () => {
    const cue = (n: number, text: string): string => `${n}\n00:00:0${n},000 --> 00:00:0${n},900\n${text}\n\n`;
    expect(rows(cue(1, 'ANNA: Hi') + cue(2, '[Ben] Hello') + cue(3, 'again'))).toEqual([
      [1000, 1900, 'ANNA', 'Hi'],
      [2000, 2900, 'Ben', 'Hello'],
      [3000, 3900, 'Ben', 'again'],
    ]);
    expect(rows(cue(1, 'Note: this') + cue(2, 'and') + cue(3, 'that'))[0]).toEqual([
      1000,
      1900,
      'Speaker',
      'Note: this',
    ]);
  });
});

describe('names before a colon', () => {
  const cues = (...said: string[]): string =>
    said.map((text, i) => `00:00:0${i + 1}.000 --> 00:00:0${i + 1}.900\n${text}\n\n`).join('');
  const saying = (...said: string[]): unknown[] =>
    rows(`WEBVTT\n\n${cues(...said)}`).map((row) => (row as unknown[]).slice(2));

  test('any signs may stand in a name', () => {
    expect(saying('Schmidt, Anna: Guten Tag', 'Anna 🌸: Hallo', 'Ben | ACME: Ja', '#Room 12: Nein')).toEqual([
      ['Schmidt, Anna', 'Guten Tag'],
      ['Anna 🌸', 'Hallo'],
      ['Ben | ACME', 'Ja'],
      ['#Room 12', 'Nein'],
    ]);
    expect(saying('anna: hi', 'ben the second: hello', 'anna: well', 'ben the second: yes')).toEqual([
      ['anna', 'hi'],
      ['ben the second', 'hello'],
      ['anna', 'well'],
      ['ben the second', 'yes'],
    ]);
  });

  test('half a sentence is no name, in one cue, in text with times, in Chinese', () => {
    expect(saying('ANNA: Hello', 'and then he said: go away', 'BEN: ok', 'Then he said: well')).toEqual([
      ['ANNA', 'Hello'],
      ['ANNA', 'and then he said: go away'],
      ['BEN', 'ok'],
      ['BEN', 'Then he said: well'],
    ]);
    expect(saying('安娜：你好', '然后他说：走开', '小明：好')[1]).toEqual(['安娜', '然后他说：走开']);
    expect(
      rows('[00:01] Anna: Hi\n[00:05] Ben: then, he said: go\n[00:09] and so he said: go'),
    ).toMatchObject([
      [1000, 2286, 'Anna', 'Hi'],
      [5000, 8429, 'Ben', 'then, he said: go'],
      [9000, expect.any(Number), 'Speaker', 'and so he said: go'],
      {},
    ]);
  });

  test('a laugh in brackets is nobody', () => {
    expect(saying('[Ben] Hello', '[laughs] So', '[Ben] Bye')[1]).toEqual(['Ben', '[laughs] So']);
  });
});

describe('JSON', () => {
  test('ours, with words; and the transcript of an analysis', () => {
    const ours = {
      utterances: [
        {
          start: 0,
          end: 900,
          speaker: 'Anna',
          text: 'Hi there',
          words: [{ text: 'Hi', start: 0, end: 300, confidence: 0.9 }, { text: 'bad' }],
        },
      ],
    };
    const { transcript: parsed } = readTranscript('t.json', Buffer.from(JSON.stringify(ours)), MINUTE);
    expect(parsed.utterances[0]?.words).toEqual([{ text: 'Hi', startMs: 0, endMs: 300, confidence: 0.9 }]);
    const analysis = {
      format: 'attune.analysis',
      transcript: {
        speakers: [{ id: 's1', label: 'Left channel', channel: 0 }],
        utterances: [
          { id: 'u1', speakerId: 's1', startMs: 10, endMs: 20, text: 'Hi', confidence: 0.5, words: [] },
        ],
      },
    };
    expect(rows(JSON.stringify(analysis))).toEqual([[10, 20, 'Left channel', 'Hi']]);
    expect(rows('[{"start":1,"end":2,"speaker":7,"text":"Hi"}]')).toEqual([[1, 2, '7', 'Hi']]);
  });

  test('times with fractions are seconds, of words too; those whose name says milliseconds are not', () => {
    const word = { text: 'Hi', start: 1, end: 1.25 };
    const file = {
      utterances: [
        { start: 1, end: 3.5, text: 'Hi there', words: [word] },
        { start: 4, end: 5, text: 'you' },
      ],
    };
    expect(rows(JSON.stringify(file))).toEqual([
      [1000, 3500, 'Speaker', 'Hi there'],
      [4000, 5000, 'Speaker', 'you'],
    ]);
    const { utterances } = readTranscript('t.json', Buffer.from(JSON.stringify(file)), MINUTE).transcript;
    expect(utterances[0]!.words).toEqual([{ text: 'Hi', startMs: 1000, endMs: 1250, confidence: null }]);
    expect(rows('[{"startMs":1.5,"endMs":20.25,"text":"Hi"}]')).toEqual([[2, 20, 'Speaker', 'Hi']]);
  });

  test('other JSON, broken JSON and utterances of another shape', () => {
    expect(codeOf('{"a":1}')).toBe('transcript-not-recognised');
    expect(codeOf('{"utterances":[')).toBe('transcript-invalid');
    expect(codeOf('{"utterances":[{"start":"a"}]}')).toBe('transcript-invalid');
  });
});

const codeOf = (content: string | Uint8Array, name = 'talk'): string => {
  try {
    readTranscript(name, typeof content === 'string' ? Buffer.from(content) : content, MINUTE);
    return 'none';
  } catch (error) {
    return error instanceof AttuneError ? error.code : String(error);
  }
};

describe('times that do not fit', () => {
  test('overlapping stays; negative, unsorted, reversed, late and unreadable ones are corrected and counted', () => {
    const vtt = [
      'WEBVTT',
      '00:05.000 --> 00:09.000\nlater',
      '-00:00:01.000 --> 00:02.000\nnegative',
      '00:01.000 --> 00:06.000\noverlapping',
      '00:04.000 --> 00:03.000\nreversed',
      '00:50.000 --> 01:10.000\npast the end',
      '02:00.000 --> 02:01.000\nafter the end',
      'soon --> later\nunreadable',
      '00:07.000 --> 00:08.000\n<b></b>',
    ].join('\n\n');
    expect(rows(vtt)).toEqual([
      [0, 2000, 'Speaker', 'negative'],
      [1000, 6000, 'Speaker', 'overlapping'],
      [5000, 9000, 'Speaker', 'later'],
      [50_000, 60_000, 'Speaker', 'past the end'],
      { code: 'before-start', count: 1 },
      { code: 'out-of-order', count: 1 },
      { code: 'without-length', count: 1 },
      { code: 'past-end', count: 1 },
      { code: 'after-end', count: 1 },
      { code: 'time-unreadable', count: 1 },
      { code: 'without-words', count: 1 },
    ]);
  });

  test('nothing usable, and something else entirely', () => {
    expect(codeOf('WEBVTT\n')).toBe('transcript-invalid');
    expect(codeOf('WEBVTT\n\n05:00.000 --> 05:01.000\nlate')).toBe('transcript-invalid');
    expect(codeOf('Dear diary')).toBe('transcript-not-recognised');
    expect(codeOf('')).toBe('transcript-not-recognised');
  });
});

describe('fifty megabytes on one line', () => {
  const long = 'x'.repeat(50 << 20);
  test.each([
    ['one cue', `WEBVTT\n\n00:01.000 --> 00:02.000\n${long}`],
    ['arrows', `WEBVTT\n\n${'00:01.000 --> 00:02.000 '.repeat(2_000_000)}`],
    ['brackets', '['.repeat(50 << 20)],
    ['one text', JSON.stringify({ utterances: [{ start: 0, end: 1, text: long }] })],
    ['tiny utterances', `{"utterances":[${'{"start":0,"end":9,"text":"a"},'.repeat(1_600_000)}{}]}`],
  ])('%s is refused in bounded time', (_, text) => {
    const bytes = Buffer.from(text);
    // Of this process alone, whatever else the machine does.
    const before = process.cpuUsage();
    expect(codeOf(bytes)).toBe('transcript-invalid');
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
  });
});

describe('text encodings', () => {
  const german = 'WEBVTT\n\n00:01.000 --> 00:02.000\nGrüße, naïve Mädchen – “ça va”?\n';
  const chinese = '1\n00:00:01,000 --> 00:00:02,000\n我今天很高兴，谢谢你。\n';
  const decoded = (bytes: Uint8Array): unknown[] => {
    const { text, encoding, broken } = decodeText(bytes);
    return [text, encoding, broken];
  };

  test('UTF-8 and UTF-16, with and without a mark', () => {
    for (const text of [german, chinese]) {
      const little = Buffer.from(text, 'utf16le');
      const big = Buffer.from(little).swap16();
      expect(decoded(Buffer.from(`\uFEFF${text}`))).toEqual([text, 'utf-8', 0]);
      expect(decoded(Buffer.from(text))).toEqual([text, 'utf-8', 0]);
      expect(decoded(Buffer.concat([Buffer.of(0xff, 0xfe), little]))).toEqual([text, 'utf-16le', 0]);
      expect(decoded(Buffer.concat([Buffer.of(0xfe, 0xff), big]))).toEqual([text, 'utf-16be', 0]);
      expect(decoded(little)).toEqual([text, 'utf-16le', 0]);
      expect(decoded(big)).toEqual([text, 'utf-16be', 0]);
    }
  });

  test('few zero bytes are damage, many a text of two bytes a character', () => {
    for (const text of ['start_ms,end_ms,text\n1,9,\0Hello\n2,8,Hi\n', 'Grüße\0, Anna: ja\nBen: nein\n'])
      for (const shift of ['', ' ']) {
        const latin = Buffer.from(shift + text, 'latin1');
        expect(decodeText(latin).encoding).toMatch(/^(utf-8|windows-1252)$/);
        expect(decodeText(latin).text).toBe(shift + text);
      }
    const long = `${'上海的话说得很多，一样一样。'.repeat(10)}\n`.repeat(9);
    const little = Buffer.from(long, 'utf16le');
    expect(decoded(little)).toEqual([long, 'utf-16le', 0]);
    expect(decoded(Buffer.from(little).swap16())).toEqual([long, 'utf-16be', 0]);
  });

  test('GB18030 and Windows-1252 are told apart by what the bytes look like', () => {
    // 我今天很高兴，谢谢你。
    const gb = 'ced2bdf1ccecbadcb8dfd0cba3acd0bbd0bbc4e3a1a3';
    const before = Buffer.from(chinese.slice(0, chinese.indexOf('我')));
    expect(decoded(Buffer.concat([before, Buffer.from(gb, 'hex'), Buffer.from('\n')]))).toEqual([
      chinese,
      'gb18030',
      0,
    ]);
    expect(decoded(Buffer.from('Grüße, été, señor, déjà créée', 'latin1'))).toEqual([
      'Grüße, été, señor, déjà créée',
      'windows-1252',
      0,
    ]);
    expect(decoded(Buffer.of(0x93, 0x68, 0x69, 0x94))).toEqual(['“hi”', 'windows-1252', 0]);
  });

  test('UTF-8 that is cut within a character stays UTF-8, and what is broken is counted', () => {
    const bytes = Buffer.from('你好，世界。'.repeat(20));
    expect(decoded(bytes.subarray(0, -1))).toEqual([
      `${'你好，世界。'.repeat(20).slice(0, -1)}\uFFFD`,
      'utf-8',
      1,
    ]);
  });

  test('what is none of these is refused, not guessed', () => {
    // Привет, как дела? in Windows-1251.
    const russian = Buffer.from('cff0e8e2e5f22c20eae0ea20e4e5ebe03f'.repeat(4), 'hex');
    expect(codeOf(russian)).toBe('transcript-invalid');
    expect(codeOf(new Uint8Array(65 << 20))).toBe('transcript-invalid');
    expect(codeOf(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff, 0x81]))).not.toBe('none');
  });
});
