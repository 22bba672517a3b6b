import { describe, expect, it } from 'vitest';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { chooseRecogniser } from '#main/services/analysis/choose-recogniser.ts';

const model = (id: string, languages: string[]): ModelManifest => ({
  ...{ id, languages, version: '1', task: 'speech-recognition', title: id, source: { kind: 'shipped' } },
  ...{ files: [], licence: 'MIT', nonCommercial: false, notice: '', settings: {} },
});
const english = model('moonshine-tiny-en', ['en']);
const whisper = model('whisper-base', ['en', 'zh', 'de']);
const chosen = (
  language: string,
  recogniser: string,
  whispers: ModelManifest[],
): [string | null, string | null] => {
  const { manifest, detect } = chooseRecogniser({ language, recogniser }, english, whispers);
  return [manifest?.id ?? null, detect?.id ?? null];
};

describe('the recogniser of a recording', () => {
  it('is the fast one for English, whether a Whisper is here or not', () => {
    expect(chosen('en', 'auto', [])).toEqual(['moonshine-tiny-en', null]);
    expect(chosen('en', 'auto', [whisper])).toEqual(['moonshine-tiny-en', null]);
    expect(chosen('auto', 'auto', [])).toEqual(['moonshine-tiny-en', null]);
  });

  it('is asked for by detection where a Whisper can detect', () => {
    expect(chosen('auto', 'auto', [whisper])).toEqual(['moonshine-tiny-en', 'whisper-base']);
    expect(chosen('auto', 'whisper', [whisper])).toEqual(['whisper-base', 'whisper-base']);
    expect(chosen('auto', 'moonshine', [whisper])).toEqual(['moonshine-tiny-en', null]);
  });

  it('is the Whisper that knows the language, or nobody', () => {
    expect(chosen('zh', 'auto', [whisper])).toEqual(['whisper-base', null]);
    expect(chosen('zh', 'auto', [])).toEqual([null, null]);
    expect(chosen('sw', 'auto', [whisper])).toEqual([null, null]);
    expect(chosen('de', 'moonshine', [whisper])).toEqual([null, null]);
  });

  it('must be here when it is named', () => {
    expect(() => chosen('en', 'whisper', [])).toThrow(expect.objectContaining({ code: 'model-missing' }));
    expect(() => chosen('en', 'whis', [whisper])).toThrow(expect.objectContaining({ code: 'model-missing' }));
  });
});
