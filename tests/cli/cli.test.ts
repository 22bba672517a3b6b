/** The command line as a person uses it: a real process, its streams and exit codes. */
import { execFile, type ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { analysisResult } from '#contract/analysis/result.ts';
import { predictedRow } from '#contract/files/predict.ts';
import { transcribedRow } from '#contract/files/transcribe.ts';
import { analyseFile, testEngine } from '../fixtures/engine.ts';
import { ENCODER } from '../fixtures/downloads.ts';
import { etagOf, modelServer } from '../fixtures/model-server.ts';
import { tinyWhisper } from '../fixtures/whisper.ts';
import { H264, MediaFolder, picture, tone } from '../fixtures/media.ts';

const root = path.resolve(import.meta.dirname, '../..');
const talk = path.join(root, 'assets/sample/talk.opus');
const media = new MediaFolder();
afterAll(() => media.remove());

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** What `attune` started last. */
let started: ChildProcess;

function attune(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, ATTUNE_HOME: media.at('home') };
    started = execFile(
      process.execPath,
      [path.join(root, 'main/cli.ts'), ...args],
      { env, cwd: media.path, maxBuffer: 1 << 28 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

describe('models download', () => {
  it('takes no address that is not encrypted', async () => {
    const ended = await attune('models', 'download', 'http://models.example/whisper');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('attune models download ADDRESS');
  });

  it('interrupted, keeps what came and says so; the same command goes on from there', async () => {
    const server = await modelServer({ ...tinyWhisper(), [ENCODER]: new Uint8Array(3 << 20) });
    const encoder = server.files.get(ENCODER)!;
    const sent = new Promise<void>((resolve) => {
      server.twist = (request, response, at) => {
        if (request.method !== 'GET' || at !== ENCODER) return false;
        // The rest never comes.
        response.writeHead(200, { 'content-length': encoder.length, etag: etagOf(encoder) });
        return response.write(encoder.subarray(0, 1_500_000), () => resolve()) || true;
      };
    });
    const ended = attune('models', 'download', server.address);
    await sent;
    const part = () => {
      const [folder] = readdirSync(media.at('home/models')).filter((name) => !name.endsWith('.lock'));
      return media.at(`home/models/${folder}/${ENCODER}.part`);
    };
    await vi.waitUntil(() => existsSync(part()) && statSync(part()).size > 100_000, { timeout: 20_000 });
    started.kill('SIGINT');
    expect((await ended).stderr).toMatch(/What came is kept \(\d\.\d MB.*\[cancelled\]/);
    const { size } = statSync(part());

    server.twist = () => false;
    server.seen.length = 0;
    // What came is no model; that it is told so means that the rest was fetched.
    expect((await attune('models', 'download', server.address)).stderr).toContain('[model-damaged]');
    expect(server.seen.find(({ method, path: at }) => method === 'GET' && at === ENCODER)).toMatchObject({
      ...{ status: 206, headers: { range: `bytes=${size}-` } },
    });
    expect(readdirSync(media.at('home/models'))).toEqual([]);
  });

  it('fetches, checks and tries; says what is wrong with it, and leaves nothing', async () => {
    const server = await modelServer(tinyWhisper());
    const ended = await attune('models', 'download', server.address);
    expect(server.seen.some(({ path: at }) => at.endsWith('.onnx'))).toBe(true);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('[model-incompatible]');
    expect((await attune('models')).stdout).toBe('No model was brought in.\n');
  });
});

describe('analyze', () => {
  let ended: Ended;
  beforeAll(async () => {
    copyFileSync(talk, media.at('-a talk, "quoted" 你好 😀.opus'));
    ended = await attune('analyze', '--out', 'results', '--', '-a talk, "quoted" 你好 😀.opus');
  }, 300_000);

  it('prints a summary on stdout, progress on stderr, and ends well', () => {
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('It does not diagnose.');
    expect(ended.stderr).toMatch(/\d+ %/);
  });

  it('writes NAME.attune.json and NAME.csv, with the very numbers that the services give', async () => {
    expect(readdirSync(media.at('results')).sort()).toEqual([
      '-a talk, "quoted" 你好 😀.opus.attune.json',
      '-a talk, "quoted" 你好 😀.opus.csv',
    ]);
    const text = readFileSync(media.at('results/-a talk, "quoted" 你好 😀.opus.attune.json'), 'utf8');
    const written = analysisResult.parse(JSON.parse(text));
    const engine = await testEngine();
    const direct = await analyseFile(engine, talk);
    await engine.dispose();
    const numbers = ({ evidence, fused, tracks, summary }: typeof direct) => ({
      evidence,
      fused,
      tracks,
      summary,
    });
    expect(numbers(written)).toEqual(numbers(direct));
  }, 300_000);

  it('goes on after a file that is none, names the code, and ends with 1', async () => {
    writeFileSync(media.at('letter.mp4'), 'Dear friend, this is no film.');
    await media.make('short.wav', ...tone(1));
    const { code, stdout, stderr } = await attune('analyze', 'letter.mp4', 'short.wav', '--json');
    expect(code).toBe(1);
    expect(stderr).toContain('[media-not-recognised]');
    expect(analysisResult.parse(JSON.parse(stdout)).notices.map((n) => n.code)).toContain('no-speech');
  });

  it('takes a transcript, and says what it had to correct', async () => {
    writeFileSync(
      media.at('talk.vtt'),
      'WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ann>Hello Ben. It is good to see you.\n\n00:05.500 --> 00:09.000\n<v Ben>I am so angry!\n\n99:00.000 --> 99:05.000\n<v Ben>Too late\n',
    );
    const { code, stdout } = await attune('analyze', talk, '--transcript', 'talk.vtt', '--json');
    expect(code).toBe(0);
    const { transcript, notices, evidence } = analysisResult.parse(JSON.parse(stdout));
    expect(transcript.speakers.map((s) => s.label)).toEqual(['Ann', 'Ben']);
    expect(notices.map((n) => n.code)).toContain('transcript-trimmed');
    const angry = evidence.find(
      (e) => e.modality === 'text' && e.utteranceId === transcript.utterances[1]!.id,
    )!;
    expect(angry.probabilities.indexOf(Math.max(...angry.probabilities))).toBe(3);
  });

  it('reads a picture without sound as far as it goes', async () => {
    await media.make('mute.mp4', ...picture(2), ...H264);
    const { code, stdout } = await attune('analyze', 'mute.mp4', '--json');
    expect(code).toBe(0);
    const codes = analysisResult.parse(JSON.parse(stdout)).notices.map((n) => n.code);
    expect(codes).toEqual(expect.arrayContaining(['no-audio', 'no-faces']));
  });

  it('refuses arguments that mean nothing, with 2', async () => {
    expect((await attune('analyze')).code).toBe(2);
    expect((await attune('analyze', talk, '--lang', 'klingon')).code).toBe(2);
    expect((await attune('fly')).code).toBe(2);
    const unknown = await attune('predict', 'text', '--nonsense', 'x');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('--output out.jsonl');
  });

  it('leaves nothing behind where it may not write', async () => {
    writeFileSync(media.at('not-a-folder'), '');
    const { code, stderr } = await attune('analyze', 'short.wav', '--out', 'not-a-folder/deep');
    expect(code).toBe(1);
    expect(stderr).toContain('[output-not-writable]');
  });
});

describe('predict', () => {
  it('answers every row in order, the bad ones with an error', async () => {
    const rows = [
      '{"id":1,"text":"I am so happy for you!"}',
      'rubbish',
      '{"id":"three"}',
      '{"id":4,"text":"How dare you?"}',
    ];
    writeFileSync(media.at('rows.jsonl'), `${rows.join('\n')}\n`);
    const { code } = await attune('predict', 'text', '--input', 'rows.jsonl', '--output', 'out.jsonl');
    expect(code).toBe(0);
    const out = readFileSync(media.at('out.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown });
    expect(out.map((row) => row.id)).toEqual([1, null, 'three', 4]);
    const happy = predictedRow.parse(out[0]);
    expect(Math.max(...Object.values(happy.probabilities))).toBe(happy.probabilities.happiness);
    expect(out[1]).toMatchObject({ error: { code: 'row-invalid' } });
  });

  it('tells a missing sound file and a picture without a face from each other', async () => {
    await media.make('blank.png', ...picture(0.04), '-frames:v', '1');
    writeFileSync(
      media.at('voices.jsonl'),
      `${JSON.stringify({ id: 'v', path: media.at('nowhere.wav') })}\n`,
    );
    // As pandas writes it; not from the working folder, but from the rows' own the picture is there.
    mkdirSync(media.at('rows'), { recursive: true });
    writeFileSync(
      media.at('rows/faces.jsonl'),
      `\uFEFF\n${JSON.stringify({ id: 'f', path: '../blank.png', cropped: null })}\n`,
    );
    await attune('predict', 'voice', '--input', 'voices.jsonl', '--output', 'voices.out');
    await attune('predict', 'face', '--input', 'rows/faces.jsonl', '--output', 'faces.out');
    expect(readFileSync(media.at('voices.out'), 'utf8')).toContain('file-not-found');
    expect(readFileSync(media.at('faces.out'), 'utf8')).toContain('face-not-found');
  });

  it('holds answers back at a set error, found on rows that carry their label', async () => {
    const glad = ['I am so happy!', 'What a wonderful day!', 'We won, hooray!', 'I love this so much!'];
    const cross = [
      'I hate you!',
      'How dare you shout at me!',
      'This makes me furious!',
      'Shut up, you idiot!',
    ];
    const said = [...glad, ...cross].map((text, id) => ({ id, text, label: id < 4 ? 'happiness' : 'anger' }));
    // Nobody can know these: they are what must not be answered.
    const unclear = [
      'Well, the bus then.',
      'It is what it is, I suppose.',
      'Oh.',
      'They said so, or so I heard.',
    ];
    const labelled = [...said, ...unclear.map((text, id) => ({ id: `u${id}`, text, label: 'disgust' }))];
    const write = (name: string, rows: readonly object[]): void =>
      writeFileSync(media.at(name), rows.map((row) => JSON.stringify(row)).join('\n'));
    write('labelled.jsonl', labelled);
    const asked = ['predict', 'text', '--input', 'labelled.jsonl', '--output', 'held.jsonl'];
    const found = await attune(...asked, '--labelled', 'labelled.jsonl', '--wrong-at-most', '0.15');
    expect(found.code).toBe(0);
    const [, answered] = /(\d+) of 12 labelled rows; 0 % of those answered wrong/.exec(found.stderr)!;
    const rows = readFileSync(media.at('held.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => predictedRow.parse(JSON.parse(line)));
    expect(rows.filter((row) => !row.abstained)).toHaveLength(Number(answered));
    expect(Number(answered)).toBeGreaterThan(3);
    expect(rows.slice(8).every((row) => row.abstained)).toBe(true);

    // Twelve rows can't show one wrong in a hundred.
    const strict = await attune(...asked, '--labelled', 'labelled.jsonl', '--wrong-at-most', '0.01');
    expect(strict.stderr).toContain('every row abstains');
    write('labelled.jsonl', [...said, { id: 9, text: 'Oh.', label: 'joy' }]);
    const wrongly = await attune(...asked, '--labelled', 'labelled.jsonl', '--wrong-at-most', '0.2');
    expect(wrongly.stderr).toContain('Labelled row 9: The row does not fit: label');
    expect(wrongly.code).toBe(1);
    // What a run before it wrote is still there.
    expect(readFileSync(media.at('held.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(12);
    expect((await attune(...asked, '--wrong-at-most', '0.2')).code).toBe(2);
  });

  it('leaves the output file of an earlier run alone when it is refused', async () => {
    mkdirSync(media.at('taken'), { recursive: true });
    writeFileSync(media.at('taken/out.jsonl'), 'earlier');
    const { code } = await attune(
      'predict',
      'text',
      '--input',
      'no-such-file',
      '--output',
      'taken/out.jsonl',
    );
    expect(code).toBe(1);
    expect(readFileSync(media.at('taken/out.jsonl'), 'utf8')).toBe('earlier');
    expect(readdirSync(media.at('taken'))).toEqual(['out.jsonl']);
  });
});

describe('transcript convert', () => {
  const VTT =
    'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello <00:01.500>there\n\n00:02.500 --> 00:03.000\n<v Ben>=Hi\n';

  it('says first what would be lost, then writes', async () => {
    writeFileSync(media.at('in.vtt'), VTT);
    const asked = await attune('transcript', 'convert', 'in.vtt', '--to', 'csv');
    expect(asked.code).toBe(0);
    expect(asked.stderr).toContain('WebVTT: 2 utterances, 2 speakers');
    expect(asked.stderr).toContain('1 utterance: times of single words left out or changed');
    const refused = await attune('transcript', 'convert', 'in.vtt', '--out', 'lost.csv', '--lossless');
    expect(refused.code).toBe(1);
    const written = await attune('transcript', 'convert', 'in.vtt', '--to', 'csv', '--out', 'out.csv');
    expect(written.code).toBe(0);
    expect(readFileSync(media.at('out.csv'), 'utf8')).toBe(
      "\uFEFFstart_ms,end_ms,speaker,text,recogniser_confidence\r\n1000,2000,Ann,Hello there,\r\n2500,3000,Ben,'=Hi,\r\n",
    );
    expect(readdirSync(media.path)).not.toContain('lost.csv');
  });

  it('names what is wrong, and leaves the file that was there', async () => {
    writeFileSync(media.at('kept.srt'), 'earlier');
    writeFileSync(media.at('letter.txt'), 'Dear friend.');
    const { code, stderr } = await attune('transcript', 'convert', 'letter.txt', '--out', 'kept.srt');
    expect([code, stderr]).toEqual([1, expect.stringContaining('[transcript-not-recognised]')]);
    expect(readFileSync(media.at('kept.srt'), 'utf8')).toBe('earlier');
    expect((await attune('transcript', 'convert', 'in.vtt', '--to', 'pdf')).code).toBe(2);
    expect((await attune('transcript', 'convert', 'in.vtt', '--flat')).code).toBe(2);
  });
});

describe('transcribe', () => {
  it('says who said what, when, for people and for programs', async () => {
    const row = { id: 7, path: talk };
    writeFileSync(media.at('sounds.jsonl'), `${JSON.stringify(row)}\n{"id":"x","path":"nowhere.wav"}\n`);
    const written = await attune('transcribe', '--input', 'sounds.jsonl', '--output', 'heard.jsonl');
    expect(written.code).toBe(0);
    const [heard, missing] = readFileSync(media.at('heard.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const { id, utterances } = transcribedRow.parse(heard);
    expect(id).toBe(7);
    expect(new Set(utterances.map(({ speaker }) => speaker))).toEqual(
      new Set(['Left channel', 'Right channel']),
    );
    expect(missing).toMatchObject({ id: 'x', error: { code: 'file-not-found' } });

    const printed = await attune('transcribe', talk);
    expect(printed.stdout.trimEnd().split('\n')).toHaveLength(utterances.length);
    expect(printed.stdout).toMatch(/^0:0\d\.\d {2}Left channel: .*\w/);
  }, 300_000);

  it('refuses arguments that don\u2019t fit, and a language it can\u2019t recognise', async () => {
    for (const args of [
      [],
      [talk, '--speakers', '99'],
      ['--input', 'a'],
      [talk, '--input', 'a', '--output', 'b'],
    ])
      expect((await attune('transcribe', ...args)).code).toBe(2);
    const foreign = await attune('transcribe', talk, '--lang', 'pl');
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('[model-missing]')]);
  }, 300_000);
});
