/** The shipped speaker model's settings. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseManifest } from '#models/catalogue/catalogue.ts';
import { parseSpeakerSettings, type SpeakerSettings } from '#models/speakers/settings.ts';

export const speakerModelFolder = path.join(import.meta.dirname, '../../models/weights/speaker-embedding');

export function speakerSettingsOf(): SpeakerSettings {
  const manifest = parseManifest(readFileSync(path.join(speakerModelFolder, 'manifest.json'), 'utf8'));
  return parseSpeakerSettings(manifest.settings);
}
