import { describe, expect, it, vi } from 'vitest';
import { documentOf } from '#contract/transcript/edit/document.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { layOut, laneAt, subjectOf, type LanesOf } from '../../renderer/features/session/lanes/layout.ts';
import { changedBetween, type SceneOf } from '../../renderer/features/session/lanes/scene.ts';
import { momentAt } from '../../renderer/features/session/inspector/moment.ts';
import { faceAt } from '../../renderer/features/session/player/face-at.ts';
import { matching, rowsOf } from '../../renderer/features/session/transcript/rows.ts';
import { strengthOf } from '../../renderer/features/unlock/strength.ts';
import { waitBefore } from '../../renderer/lib/api/backoff.ts';
import { en } from '../../renderer/lib/i18n/en.ts';
import { Format } from '../../renderer/lib/i18n/format.ts';
import { zh } from '../../renderer/lib/i18n/zh.ts';
import {
  ACTION_IDS,
  actionFor,
  ACTIONS,
  keyName,
  typingActionFor,
  type Action,
} from '../../renderer/lib/keys/actions.ts';
import { throttled } from '../../renderer/lib/throttle.ts';
import { Columns } from '../../renderer/lib/timeline/columns.ts';
import { buildMinMax } from '../../renderer/lib/timeline/minmax.ts';
import { prepareTimeline, type SubjectLanes } from '../../renderer/lib/timeline/prepare.ts';
import { clock } from '../../renderer/lib/timeline/ticks.ts';
import { RowHeights } from '../../renderer/lib/virtual/heights.ts';

const result = makeAnalysisResult({ durationMs: 240_000 });
const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('keys', () => {
  it('no key does two things at one place', () => {
    for (const places of [
      [undefined, 'both'],
      ['text', 'both'],
    ]) {
      const here = ACTION_IDS.filter((id) => places.includes((ACTIONS[id] as Action).where));
      const keys = here.flatMap((id) => [...ACTIONS[id].keys]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
  it('that type are told from keys that command', () => {
    expect(actionFor(press('Tab'))).toBeUndefined();
    expect(typingActionFor(press('Tab', { shiftKey: true }))).toBe('type-back');
    expect(typingActionFor(press('k'))).toBeUndefined();
    for (const find of [actionFor, typingActionFor])
      expect(find(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('redo');
  });
  it('are named as keyboards send them', () => {
    expect(keyName(press('?', { shiftKey: true }))).toBe('?');
    expect(actionFor(press('+', { shiftKey: true }))).toBe('zoom-in');
    expect(actionFor(press('ArrowLeft', { shiftKey: true }))).toBe('pan-left');
    expect(actionFor(press('L', { shiftKey: true }))).toBe('lock');
    expect(actionFor(press('l', { ctrlKey: true }))).toBeUndefined();
  });
});

describe('the transcript list', () => {
  it('finds rows by height, before and after measuring', () => {
    const rows = new RowHeights([50, 50, 50, 50]);
    expect(rows.rowAt(120)).toBe(2);
    expect(rows.measure(0, 100)).toBe(true);
    expect(rows.measure(0, 100.2)).toBe(false);
    expect(rows.rowAt(120)).toBe(1);
    expect(rows.total).toBe(250);
    expect(rows.visible(0, 10, 1)).toEqual([0, 2]);
    expect(rows.visible(9999, 9999, 0)).toEqual([3, 4]);
  });
  it('searches without case and accents', () => {
    const rows = rowsOf(documentOf(result.transcript), result.fused);
    expect(matching(rows, ' ANGRY ').length).toBeGreaterThan(0);
    expect(matching(rows, 'ángry')).toEqual(matching(rows, 'angry'));
    expect(matching(rows, 'zebra')).toEqual([]);
    expect(matching(rows, '  ')).toBe(rows);
  });
});

describe('marks', () => {
  const event = { id: 'e', kind: 'laughs', startMs: 4000, endMs: 4500, speakerId: null } as const;
  const document = { ...documentOf(result.transcript), events: [event] };
  it('stand between the utterances, by time, and no search finds them', () => {
    const rows = rowsOf(document, result.fused);
    const at = rows.findIndex(({ kind }) => kind === 'event');
    expect(rows[at - 1]!.startMs).toBeLessThan(4000);
    expect(rows[at + 1]!.startMs).toBeGreaterThan(4000);
    expect(matching(rows, 'e').some(({ kind }) => kind === 'event')).toBe(false);
  });
  it('stand below the utterance that they are of, whatever its id', () => {
    for (const utterance of document.utterances) {
      const { id, startMs, endMs, speakerId } = utterance;
      const mark = { id: `a-${id}`, kind: 'neutral', startMs, endMs, speakerId } as const;
      const rows = rowsOf({ ...document, events: [mark] }, result.fused);
      const at = rows.findIndex(({ kind }) => kind === 'event');
      expect(rows[at - 1]).toMatchObject({ kind: 'utterance', id });
    }
  });
});

describe('the lanes', () => {
  const timeline = prepareTimeline(result);
  const client = timeline.subjects[1]!;
  const shown = (chosen: SubjectLanes, marks: readonly HeardEvent[] = []): LanesOf => ({
    timeline,
    chosen,
    marks,
  });
  it('use spare room, and show others briefly when there is too little', () => {
    const natural = layOut(shown(client), 0);
    const roomy = layOut(shown(client), 2000);
    expect(roomy.lanes.length).toBeGreaterThan(natural.lanes.length);
    expect(natural.lanes.some(({ key }) => key === 'text-subject-1')).toBe(false);
    expect(natural.lanes.some(({ key }) => key === 'text-subject-2')).toBe(true);
    expect(layOut(shown(client), 500).height).toBeLessThanOrEqual(500);
  });
  it('are drawn again only where a step to another speaker changes them', () => {
    const view = { startMs: 0, endMs: 60_000 };
    const palette = {};
    const scene = (chosen: SubjectLanes | undefined, availablePx: number): SceneOf<object> => {
      const layout = layOut(shown(chosen!), availablePx);
      return { layout, view, palette, width: 900, height: layout.height, fromY: 0, toY: availablePx };
    };
    const [therapist] = timeline.subjects;
    const before = scene(client, 2000);
    expect(changedBetween(null, before)).toEqual([0, before.height]);
    expect(changedBetween(before, scene(client, 2000))).toBeNull();
    // Roomy: everything stays but the one person's valence, arousal and disagreement.
    const chosenFrom = before.layout.lanes.find(({ key }) => key === 'dimensions')!.top;
    const [from, to] = changedBetween(before, scene(therapist, 2000))!;
    expect([from, to >= before.height - 5]).toEqual([chosenFrom - 2, true]);
    // Close: who is chosen has more lanes, so that everything below the sound moves.
    const close = scene(client, 400);
    const sound = close.layout.lanes.filter(({ key }) => key.startsWith('wave-'));
    expect(
      changedBetween(close, { ...scene(therapist, 400), height: close.height })![0],
    ).toBeGreaterThanOrEqual(sound.at(-1)!.top + sound.at(-1)!.height);
    expect(changedBetween(before, { ...before, view: { ...view, endMs: 50_000 } })).toEqual([
      0,
      before.height,
    ]);
  });
  it('have one of marks where there are any, below the sound, which is about nobody', () => {
    const marks: HeardEvent[] = [
      { id: 'e', kind: 'crosstalk', startMs: 4000, endMs: 5500, speakerId: null, confidence: 0.8 },
    ];
    expect(layOut(shown(client), 600).lanes.some(({ key }) => key === 'marks')).toBe(false);
    const { lanes } = layOut(shown(client, marks), 600);
    const at = lanes.findIndex(({ key }) => key === 'marks');
    expect([lanes[at - 1]!.content.kind, lanes[at + 1]!.content.kind]).toEqual(['wave', 'subject']);
    expect(subjectOf(lanes[at]!)).toBeNull();
  });
  it('know what lies under the pointer and whose it is', () => {
    const layout = layOut(shown(client), 600);
    for (const lane of layout.lanes) expect(laneAt(layout, lane.top + 1)).toBe(lane);
    expect(laneAt(layout, 99_999)).toBeNull();
    expect(subjectOf(layout.lanes.find(({ key }) => key === 'voice-subject-2')!)).toBe('subject-2');
  });
  it('read one pair a pixel that holds the extremes of all samples under it', () => {
    const series = Float32Array.from({ length: 36_000 }, (_, i) => Math.sin(i / 7));
    series[20_000] = 9;
    const columns = new Columns().read(buildMinMax(series), 100, { startMs: 0, endMs: 3_600_000 }, 900);
    expect(columns.length).toBe(900);
    expect(Math.max(...columns.max.subarray(0, 900))).toBe(9);
    expect(columns.max[500]).toBe(9);
  });
});

describe('a moment', () => {
  it('gathers each modality and its share', () => {
    const fused = result.fused.find((f) => f.contributions.length === 3)!;
    const moment = momentAt(result, fused.subjectId, fused.span.startMs)!;
    expect(moment.source).toBe('span');
    expect(moment.utterance!.id).toBe(fused.utteranceId);
    expect(moment.modalities.map(({ evidence }) => evidence?.utteranceId)).toEqual(
      Array(3).fill(fused.utteranceId),
    );
    expect(moment.modalities.reduce((s, m) => s + (m.contribution?.share ?? 0), 0)).toBeCloseTo(1, 2);
  });
  it('falls back to the track between utterances, and says nothing where nothing is known', () => {
    const fused = result.fused.find((f) => f.subjectId === 'subject-2')!;
    const after = momentAt(result, 'subject-2', fused.span.endMs + 100)!;
    expect(after.source).toBe('between');
    expect(after.disagreementBits).toBeNull();
    expect(momentAt(result, 'subject-2', 0)).toBeNull();
    expect(momentAt(result, 'nobody', 0)).toBeNull();
  });
  it('places a face between two observations, and none after it was lost', () => {
    const face = result.faces[0]!;
    const seen = faceAt(face, (face.timesMs[3]! + face.timesMs[4]!) / 2)!;
    expect(seen.x).toBeCloseTo((face.x[3]! + face.x[4]!) / 2);
    expect(faceAt(face, 43_500)).toBeNull();
  });
});

describe('words and numbers', () => {
  it('never round a share to certainty', () => {
    const f = new Format('en');
    expect(f.percent(0.999)).toBe('>99%');
    expect(f.percent(0.001)).toBe('<1%');
    expect(f.percent(1)).toBe('100%');
    expect(f.duration(252_000)).toBe('4 min');
    expect(f.duration(3_840_000)).toBe('1 hr 4 min');
    expect(f.length(84_008)).toBe('1 min 24 sec');
    expect(f.length(120_000)).toBe('2 min');
  });
  it('a length is the one that the player shows at its end', () => {
    const f = new Format('en');
    expect([f.length(277_600), clock(277_600)]).toEqual(['4 min 37 sec', '4:37']);
    expect([f.length(59_999), clock(59_999)]).toEqual(['59 sec', '0:59']);
    expect([f.length(2_999_000), clock(2_999_000)]).toEqual(['49 min', '49:59']);
  });
  it.each(['en', 'zh'] as const)('never give nothing a sign (%s)', (language) => {
    const f = new Format(language);
    for (const nothing of [-0.004, -0, 0, 0.004]) {
      expect([f.two(nothing), f.signed(nothing), f.short(-0)]).toEqual(['0.00', '0.00', '0']);
    }
    expect([f.two(-0.23), f.signed(-0.23), f.signed(0.04)]).toEqual(['-0.23', '-0.23', '+0.04']);
  });
  it('every text of one language is there in the other', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shape(v)]))
        : typeof value;
    expect(shape(zh(new Format('zh')))).toEqual(shape(en(new Format('en'))));
    expect(en(new Format('en')).library.count(1)).toBe('1 session');
    expect(en(new Format('en')).library.count(2)).toBe('2 sessions');
  });
  it('is not taken in by length alone when judging a passphrase', () => {
    expect(strengthOf('abc')).toBe('short');
    expect(strengthOf('12345678901234')).not.toBe('strong');
    expect(strengthOf('aaaaaaaaaaaaaaaa')).toBe('weak');
    expect(strengthOf('password')).toBe('weak');
    expect(strengthOf('correct horse battery staple window')).toBe('good');
    expect(strengthOf('violin harbour crisp monday lantern owl')).toBe('strong');
  });
});

describe('time', () => {
  it('throttles to the newest value', () => {
    vi.useFakeTimers();
    const seen: number[] = [];
    const call = throttled((n: number) => seen.push(n), 1000);
    for (const n of [1, 2, 3]) call(n);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(5000);
    expect(seen).toEqual([1, 3]);
    vi.useRealTimers();
  });
  it('waits longer after every failure, up to ten seconds', () => {
    const waits = [0, 1, 2, 10].map((n) => waitBefore(n, () => 1));
    expect(waits).toEqual([300, 600, 1200, 10_000]);
    expect(waitBefore(3, () => 0)).toBeLessThan(waitBefore(3, () => 1));
  });
});
