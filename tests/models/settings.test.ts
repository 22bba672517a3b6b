/** Settings whose parts don't fit each other are refused before a model is used, not in the middle of a reading. */
import { expect, it } from 'vitest';
import { parseEmotionSettings } from '#models/face/settings.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { parseTextSettings } from '#models/text/settings.ts';
import { parseVoiceSettings } from '#models/voice/settings.ts';
import { installedModels } from '#main/platform/weights.ts';

const installed = await installedModels();
const shipped = (task: string): Record<string, unknown> =>
  installed.find(({ manifest }) => manifest.task === task)!.manifest.settings;

type Parts = Record<string, unknown>;
const without = (list: unknown): unknown[] => (list as unknown[]).slice(1);
const within = (settings: Parts, name: string, part: string): Parts => ({
  ...settings,
  [name]: { ...(settings[name] as Parts), [part]: without((settings[name] as Parts)[part]) },
});

const face = shipped('face-emotion');
const text = shipped('text-emotion');
const voice = shipped('voice-emotion');
const speaker = shipped('speaker-embedding');

it.each([
  [
    'a face without an offset for a label',
    parseEmotionSettings,
    face,
    'calibrations',
    (all: unknown) => (all as Parts[]).map((one) => ({ ...one, offsets: without(one['offsets']) })),
  ],
  ['a face without a category for a label', parseEmotionSettings, face, 'categoryOf', () => ({})],
  [
    'a text without a base rate for an intensity',
    parseTextSettings,
    text,
    'baseRate',
    () => within(text, 'baseRate', 'intensity')['baseRate'],
  ],
  ['a voice without a place for a label', parseVoiceSettings, voice, 'circumplex', without],
  [
    'speakers without a middle',
    parseSpeakerSettings,
    speaker,
    'known',
    () => within(speaker, 'known', 'centre')['known'],
  ],
] as const)('%s', (_, parse: (settings: unknown) => unknown, settings, name, change) => {
  expect(() => parse(settings)).not.toThrow();
  expect(() => parse({ ...settings, [name]: change(settings[name]) })).toThrow(
    expect.objectContaining({ code: 'model-incompatible' }),
  );
});
