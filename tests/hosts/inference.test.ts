import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { topCategory, type Category } from '#contract/emotion/categories.ts';
import { reading } from '#contract/emotion/evidence.ts';
import type { InferenceTasks, RgbFrame } from '#main/hosts/inference/tasks.ts';
import { readMixed } from '#main/services/evaluation/corpora/otherwise.ts';
import { installedModels, weightFilePath, weightsPlace } from '#main/platform/weights.ts';
import type { WeightsPlace } from '#main/platform/weights.ts';
import { hum, startInference } from './fixtures/inference.ts';

const host = startInference();
const others: ReturnType<typeof startInference>[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(others.splice(0).map((each) => each.dispose()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});
afterAll(() => host.dispose());

const refusal = (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error as { code: string; message: string },
  );

/** The voice activity model alone, copied, with its file changed by `damage`. */
async function copyWith(damage: (file: string) => Promise<void>): Promise<WeightsPlace> {
  const shipped = await mkdtemp(path.join(tmpdir(), 'attune-models-'));
  folders.push(shipped);
  const model = (await installedModels()).find((each) => each.manifest.task === 'voice-activity')!;
  const folder = path.join(shipped, 'voice-activity');
  await mkdir(folder);
  const file = { ...model.manifest.files[0]!, path: 'model.onnx' };
  const manifest: ModelManifest = { ...model.manifest, source: { kind: 'shipped' }, files: [file] };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  await cp(weightFilePath(model, model.manifest.files[0]!), path.join(folder, 'model.onnx'));
  await damage(path.join(folder, 'model.onnx'));
  return { shipped, packages: weightsPlace().packages };
}

describe('weights', () => {
  const cases = [
    [
      'cut short',
      'model-damaged',
      async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 1e6)),
    ],
    [
      'with one bit flipped',
      'model-damaged',
      async (file: string) => {
        const bytes = await readFile(file);
        bytes[12_345]! ^= 1;
        await writeFile(file, bytes);
      },
    ],
    ['missing', 'model-missing', (file: string) => rm(file)],
  ] as const;

  it.each(cases)('%s are refused before use; the status says so', async (_how, code, damage) => {
    const other = startInference({ place: await copyWith(damage) });
    others.push(other);
    const error = await refusal(other.call('speech.open', { streamId: 'a', maxSegmentMs: 1000 }));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain(tmpdir());
    const { models } = await other.call('models.status', {});
    expect(models).toMatchObject([{ state: code.slice('model-'.length), error: { code }, provider: null }]);
  });

  it('repaired while the host runs are taken at the next call', async () => {
    const intact = await copyWith(() => Promise.resolve());
    const file = path.join(intact.shipped, 'voice-activity', 'model.onnx');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(1));
    const other = startInference({ place: intact });
    others.push(other);
    await refusal(other.call('models.load', { tasks: ['voice-activity'] }));
    await writeFile(file, bytes);
    const { models } = await other.call('models.load', { tasks: ['voice-activity'] });
    expect(models).toMatchObject([{ model: 'silero-vad@6.2.3', provider: 'cpu' }]);
  });

  it('that are not installed at all have a code', async () => {
    const other = startInference({ place: await copyWith(() => Promise.resolve()) });
    others.push(other);
    expect((await refusal(other.call('models.load', { tasks: ['text-emotion'] }))).code).toBe(
      'model-missing',
    );
  });

  it('of all models here are as their manifests say', async () => {
    const { models } = await host.call('models.status', {});
    expect(models.filter((model) => model.error !== null)).toEqual([]);
    expect(models.map((model) => model.manifest.id)).toContain('moonshine-tiny-en');
  });
});

describe('the provider', () => {
  it('that is wished for but can’t be had is named with the reason, and the CPU does the work', async () => {
    const other = startInference({ executionProvider: 'cuda' });
    others.push(other);
    await other.call('models.load', { tasks: ['face-detection'] });
    const { models } = await other.call('models.status', {});
    const detector = models.find((model) => model.manifest.task === 'face-detection')!;
    expect(detector.state).toBe('ready');
    expect(detector.warmUpMs).toBeGreaterThan(0);
    if (detector.provider === 'cpu') expect(detector.refused).toMatchObject([{ provider: 'cuda' }]);
    else expect(detector.provider).toBe('cuda');
  });
});

describe('speech', () => {
  it('gives the same segments and words every time, however the sound was cut into calls', async () => {
    const sound = new Float32Array(6 * 16_000);
    sound.set(hum(3), 16_000);
    const segmentsBy = async (chunk: number, streamId: string) => {
      await host.call('speech.open', { streamId, maxSegmentMs: 15_000 });
      const segments = [];
      for (let i = 0; i < sound.length; i += chunk)
        segments.push(
          ...(await host.call('speech.push', { streamId, samples: sound.slice(i, i + chunk) })).segments,
        );
      return [...segments, ...(await host.call('speech.close', { streamId })).segments];
    };
    expect(await segmentsBy(32_000, 'a')).toEqual(await segmentsBy(7_001, 'b'));
    const samples = hum(2);
    const heard = await host.call('speech.recognise', { samples, language: 'en' });
    expect(await host.call('speech.recognise', { samples, language: 'auto' })).toEqual(heard);
  });

  it('refuses languages it has no recogniser for', async () => {
    const call = host.call('speech.recognise', { samples: hum(1), language: 'zh' });
    expect((await refusal(call)).code).toBe('model-missing');
  });

  it('says so when a stream was lost with the process', async () => {
    const other = startInference();
    others.push(other);
    await other.call('speech.open', { streamId: 'a', maxSegmentMs: 1000 });
    process.kill(other.status().pid!, 'SIGKILL');
    const error = await refusal(other.call('speech.push', { streamId: 'a', samples: hum(1) }));
    expect(error.code).toBe('host-crashed');
    await other.call('speech.open', { streamId: 'a', maxSegmentMs: 1000 });
    await other.call('speech.push', { streamId: 'a', samples: hum(1) });
  });
});

describe('cancel', () => {
  it('ends within a second during one long native run', async () => {
    const other = startInference();
    others.push(other);
    await other.call('models.load', { tasks: ['speech-recognition'] });
    const controller = new AbortController();
    const call = refusal(
      other.call('speech.recognise', { samples: hum(60), language: 'en' }, { signal: controller.signal }),
    );
    // A minute of sound takes the encoder seconds: by now it is at it.
    await setTimeout(300);
    const at = performance.now();
    controller.abort();
    expect((await call).code).toBe('cancelled');
    expect(performance.now() - at).toBeLessThan(1000);
    await other.call('models.load', { tasks: ['voice-activity'] });
    expect(other.status()).toMatchObject({ starts: 2, lastCrash: null });
  });

  it('gets in between two runs: the host is not killed for it', async () => {
    await host.call('models.load', { tasks: ['face-detection', 'face-emotion'] });
    const { starts } = host.status();
    const frame = picture(320, 240);
    const controller = new AbortController();
    const frames = Array.from({ length: 400 }, () => frame);
    const call = refusal(host.call('face.find', { frames }, { signal: controller.signal }));
    const waiting = refusal(host.call('face.find', { frames: [frame] }, { signal: controller.signal }));
    await setImmediate();
    controller.abort();
    expect([(await call).code, (await waiting).code]).toEqual(['cancelled', 'cancelled']);
    await host.call('face.find', { frames: [frame] });
    expect(host.status().starts).toBe(starts);
  });
});

function picture(width: number, height: number): RgbFrame {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) & 255);
  return { timeMs: 0, width, height, rgb };
}

describe('faces', () => {
  it('finds none in noise, reads a crop all the same, refuses bytes that are no picture', async () => {
    expect(await host.call('face.find', { frames: [picture(160, 120)] })).toEqual({ faces: [[]] });
    const { readings } = await host.call('face.readCropped', { frames: [picture(48, 48)] });
    expect(readings.map((each) => reading.parse(each).probabilities.length)).toEqual([7]);
    const cut = { ...picture(48, 48), rgb: new Uint8Array(9) };
    expect((await refusal(host.call('face.readCropped', { frames: [cut] }))).code).toBe(
      'picture-not-recognised',
    );
  });

  it('counts a crop that was cut finer than its face as a face of the size that it had', async () => {
    const read = async (frame: RgbFrame, size: { facePx?: number } = {}) =>
      (await host.call('face.readCropped', { frames: [frame], ...size })).readings[0]!;
    const told = await read(shaded(96, 4), { facePx: 10 });
    const untold = await read(shaded(96, 4));
    expect(untold.quality).toBeGreaterThan(told.quality + 0.1);
  });

  it('believes a small picture as surely as those it was trained on only where it is grey like them', async () => {
    const surest = async (frame: RgbFrame, size: { facePx?: number } = {}): Promise<number> => {
      const { readings } = await host.call('face.readCropped', { frames: [frame], ...size });
      return Math.max(...readings[0]!.probabilities);
    };
    const grey = shaded(48, 1);
    const tinted = {
      ...grey,
      rgb: grey.rgb.map((value, i) => (i % 3 === 0 ? Math.min(255, value + 8) : value)),
    };
    expect(await surest(tinted)).toBeLessThan((await surest(grey)) - 0.05);
    expect(await surest(grey, { facePx: 48 })).toBeCloseTo(await surest(shaded(96, 2)), 2);
  });
});

/** Shades and edges in squares of `dotPx`. */
function shaded(sidePx: number, dotPx: number): RgbFrame {
  const rgb = Uint8Array.from({ length: 3 * sidePx * sidePx }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const x = Math.floor((pixel % sidePx) / dotPx);
    const y = Math.floor(pixel / sidePx / dotPx);
    return 2 * x + 2 * y + ((x >> 3) ^ (y >> 3)) * 8;
  });
  return { timeMs: 0, width: sidePx, height: sidePx, rgb };
}

describe('text', () => {
  it('reads each text by itself, whatever its neighbours, and keeps the order', async () => {
    const happy = { text: 'What a wonderful day, I am so happy!' };
    const items = [
      { text: 'Leave me alone.' },
      happy,
      { text: 'He died last night. '.repeat(60) },
      { text: '' },
    ];
    const { readings } = await host.call('text.read', { items });
    const alone = await host.call('text.read', { items: [happy] });
    readings[1]!.probabilities.forEach((p, c) =>
      expect(p).toBeCloseTo(alone.readings[0]!.probabilities[c]!, 5),
    );
    expect(readings.map((each) => reading.parse(each).probabilities.length)).toEqual([7, 7, 7, 7]);
    expect(readings[1]!.probabilities.indexOf(Math.max(...readings[1]!.probabilities))).toBe(1);
    expect(readings[3]).toMatchObject({ quality: 0, reasons: ['no-letters'] });
  });

  it('reads a part of a text, or nothing, by the model that is asked for', async () => {
    const items = ['en', 'zh'].flatMap((readBy) =>
      ['', 'we won'].map((text) => ({ text, context: [], readBy })),
    );
    const { models } = await host.call('text.read', {
      items: items as InferenceTasks['text.read']['params']['items'],
    });
    expect(models.map((tag) => tag.split('@')[0])).toEqual([
      'text-emotion',
      'text-emotion',
      'text-emotion-zh',
      'text-emotion-zh',
    ]);
  });

  it('reads English and Chinese words in one text by both models, other texts as before', async () => {
    const mixed: [string, Category][] = [
      ['Honestly this meeting made me feel really really 难过 you know', 'sadness'],
      ['刚刚收到学校的邮件我真的 so happy', 'happiness'],
      ['我好驚呀 please don’t leave me alone here', 'fear'],
      ['My landlord kept the whole deposit, so 生气 I don’t even want to talk to him now', 'anger'],
      ['老板在 meeting 里当众骂我，太过分了', 'anger'],
    ];
    const { readings, models } = await host.call('text.read', { items: mixed.map(([text]) => ({ text })) });
    expect(readings.map(({ probabilities }) => topCategory(probabilities))).toEqual(mixed.map(([, c]) => c));
    for (const model of models) expect(model).toMatch(/^text-emotion@\S+ \+ text-emotion-zh@\S+$/);

    const plain = ['I am so happy today', '刚抢到 Coldplay 的票 开心到飞起'];
    const asked = await host.call('text.read', { items: plain.map((text) => ({ text })) });
    const own = await host.call('text.read', {
      items: plain.map((text, i) => ({ text, readBy: i === 0 ? ('en' as const) : ('zh' as const) })),
    });
    expect(asked).toEqual(own);
  });

  it('accepts most of our own mixed sentences that the rule wasn’t chosen on', async () => {
    const items = await readMixed('own test');
    const { readings } = await host.call('text.read', { items: items.map(({ text }) => ({ text })) });
    const right = items.filter(({ right }, i) => right.includes(topCategory(readings[i]!.probabilities)));
    // .78 by one model each, .87 by both.
    expect(right.length / items.length).toBeGreaterThan(0.82);
  });

  it('asks both models of every part of a mixed text, and of nothing, when it is told to', async () => {
    const items = ['so sad', '难过', ''].map((text) => ({ text, readBy: 'both' as const }));
    const { readings, models } = await host.call('text.read', { items });
    expect(new Set(models).size).toBe(1);
    for (const each of readings) expect(reading.parse(each)).toEqual(each);
    expect(topCategory(readings[0]!.probabilities)).toBe('sadness');
    expect(topCategory(readings[1]!.probabilities)).toBe('sadness');
  });
});

describe('voice', () => {
  it('gives the same numbers every time, alone and against the speaker’s baseline, whatever the clip', async () => {
    const clips = [hum(3), hum(12), hum(4), new Float32Array(0), hum(2).fill(0.5), hum(5)];
    const utterances = [];
    for (const samples of clips) utterances.push(await host.call('voice.embed', { samples }));
    expect(await host.call('voice.embed', { samples: clips[1]! })).toEqual(utterances[1]);
    expect(utterances[3]).toMatchObject({ seconds: 0, quality: 0 });
    for (const baseline of [false, true]) {
      const { readings } = await host.call('voice.read', { utterances, baseline });
      expect(readings.map((each) => reading.parse(each).probabilities.length)).toEqual(clips.map(() => 7));
      expect((await host.call('voice.read', { utterances, baseline })).readings).toEqual(readings);
      const reasons = readings[0]!.reasons.filter((reason) => reason.startsWith('baseline'));
      expect(reasons).toHaveLength(baseline ? 1 : 0);
    }
    expect(await host.call('voice.read', { utterances: [], baseline: true })).toEqual({ readings: [] });
  });

  it('is loaded beside the recogniser whose encoder it shares', async () => {
    const { models } = await host.call('models.load', { tasks: ['speech-recognition', 'voice-emotion'] });
    expect(models.map((model) => model.provider)).toEqual(['cpu', 'cpu']);
    expect((await host.call('models.status', {})).models.every((model) => model.error === null)).toBe(true);
  });
});
