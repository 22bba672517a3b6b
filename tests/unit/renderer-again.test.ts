import { describe, expect, it } from 'vitest';
import { askedOf, choicesFor, inRange } from '../../renderer/features/again/choices.ts';
import type { Recording } from '#contract/library/entities.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';

const result = makeAnalysisResult({
  durationMs: 60_000,
  trackStepMs: 200,
  facesPerSecond: 5,
  video: true,
});
const recording: Recording = {
  id: 'r',
  sessionId: 's',
  name: result.source.name,
  bytes: result.source.bytes,
  sha256: result.source.sha256,
  media: result.source.media,
  state: 'analysed',
  error: null,
  importedAt: result.createdAt,
};

describe('what can be chosen for another analysis', () => {
  it('starts from what the last one used, and from the defaults where there was none', () => {
    const used = { ...result.settings, facesPerSecond: 2, abstainBelow: 0.6 };
    expect(choicesFor(recording, { ...result, settings: used }).last).toEqual(used);
    const first = choicesFor(recording, null);
    expect(first.last.abstainBelow).toBe(0.45);
    expect(first).toMatchObject({ speakers: [], asksHowMany: false });
  });

  it('asks how many people speak only where one channel holds them all', () => {
    const from = (speakersFrom: typeof result.transcript.speakersFrom) =>
      choicesFor(recording, { ...result, transcript: { ...result.transcript, speakersFrom } }).asksHowMany;
    expect(from('not-separated')).toBe(true);
    expect(from('voices')).toBe(true);
    expect(from('channels')).toBe(false);
    expect(from('transcript')).toBe(false);
  });

  it('keeps the speakers of a transcript that a person corrected', () => {
    expect(choicesFor(recording, result).speakersKept).toBe(false);
    expect(choicesFor(recording, result, true).speakersKept).toBe(true);
  });

  it('asks whose face it is only where one was seen, and how often to look only where there is a picture', () => {
    expect(choicesFor(recording, result).speakers).toEqual(result.transcript.speakers);
    expect(choicesFor(recording, { ...result, faces: [] }).speakers).toEqual([]);
    const sound = { ...recording, media: { ...recording.media, video: null } };
    expect(choicesFor(sound, result).hasPicture).toBe(false);
  });

  it('asks for what would remove a notice: how many speak, whose face it is, or both', () => {
    const notice = (code: (typeof result.notices)[number]['code']) => [
      { code, stage: 'face' as const, message: '' },
    ];
    expect(askedOf(notice('faces-not-linked'))).toBe('whoseFace');
    expect(askedOf(notice('speakers-not-separated'))).toBe('howMany');
    expect(askedOf([...notice('faces-not-linked'), ...notice('speakers-by-voice')])).toBe('who');
    expect(askedOf(notice('no-faces'))).toBeNull();
    expect(askedOf([])).toBeNull();
  });
});

describe('a number typed into the form', () => {
  it('is put into range and on the step; nothing typed leaves the value', () => {
    expect(inRange(99, 0.5, 10, 0.5, 5)).toBe(10);
    expect(inRange(0, 0.5, 10, 0.5, 5)).toBe(0.5);
    expect(inRange(2.7, 0.5, 10, 0.5, 5)).toBe(2.5);
    expect(inRange(Number.NaN, 0.5, 10, 0.5, 5)).toBe(5);
  });
});
