import { describe, expect, it } from 'vitest';
import type { FaceTrack } from '#contract/analysis/result.ts';
import { whoIsWho } from '#main/services/analysis/subjects.ts';

const speaker = (id: string) => ({ id, label: id, channel: null });
const face = (id: string): FaceTrack => ({
  id,
  timesMs: [0],
  x: [0],
  y: [0],
  width: [0.1],
  height: [0.1],
  quality: [1],
  probabilities: [[1, 0, 0, 0, 0, 0, 0]],
});

describe('who is who', () => {
  it('takes the longest seen face for the only speaker, and says that it is assumed', () => {
    const { subjects, notices } = whoIsWho([speaker('s1')], [face('f1'), face('f2')], null);
    expect(subjects.map((s) => [s.speakerId, s.faceIds])).toEqual([
      ['s1', ['f1']],
      [null, ['f2']],
    ]);
    expect(notices.map((n) => n.code)).toEqual(['face-owner-assumed']);
  });

  it('links no face when several people speak', () => {
    const { subjects, notices } = whoIsWho([speaker('s1'), speaker('s2')], [face('f1')], null);
    expect(subjects.map((s) => s.faceIds)).toEqual([[], [], ['f1']]);
    expect(notices.map((n) => n.code)).toEqual(['faces-not-linked']);
  });

  it('believes the person who says whose face it is', () => {
    const { subjects, notices } = whoIsWho([speaker('s1'), speaker('s2')], [face('f1'), face('f2')], 's2');
    expect(subjects.map((s) => [s.id, s.faceIds])).toEqual([
      ['s1', []],
      ['s2', ['f1']],
      ['f2', ['f2']],
    ]);
    expect(notices).toEqual([]);
  });

  it('has nothing to link without faces or without speakers', () => {
    expect(whoIsWho([speaker('s1')], [], null).notices).toEqual([]);
    expect(whoIsWho([], [face('f1')], null).subjects).toEqual([
      { id: 'f1', label: 'Face 1', speakerId: null, faceIds: ['f1'] },
    ]);
  });
});
