import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { locateTools } from '#main/hosts/media/tools.ts';
import { hasWhisper, WHISPER_BASE } from '../../fixtures/whisper.ts';
import { ANALYSIS_MS, createWorkspace, goTo, picture, resultShown, utterances } from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

const SPEECH = path.resolve(
  import.meta.dirname,
  '../../../../shared/data/speech/asr_multilang/zh-CN/training/audio2.opus',
);

it.skipIf(!hasWhisper)(
  'a Whisper model comes in as an archive, and a Chinese recording is heard again in Chinese (needs ../shared: models/whisper-base, data/speech)',
  async () => {
    const home = await freshHome();
    const recording = path.join(home, 'chinese.flac');
    const { ffmpeg } = await locateTools({});
    execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-i', SPEECH, '-t', '6', recording]);
    const files = (readdirSync(WHISPER_BASE, { recursive: true }) as string[]).filter((name) =>
      /\.(json|onnx)$/.test(name),
    );
    const archive = path.join(home, 'model.zip');
    const packed = Object.fromEntries(
      files.map((name) => [
        `whisper-base/${name.replaceAll('\\', '/')}`,
        readFileSync(path.join(WHISPER_BASE, name)),
      ]),
    );
    await writeFile(archive, zipSync(packed, { level: 0 }));

    const { page, faults } = await start(home, [recording]);
    await createWorkspace(page);
    await resultShown(page);
    // English alone is known so far: no words, and what would help.
    await page.getByText('It may not be English. A Whisper model').first().waitFor();

    await goTo(page, 'Models and system');
    const bringing = page.getByRole('region', { name: 'Other languages' });
    await bringing.locator('input[type=file]').setInputFiles(archive);
    await page.getByText('“model.zip” was brought in.').waitFor({ timeout: ANALYSIS_MS });
    const row = page.getByRole('row').filter({ hasText: 'Whisper base' });
    await row.getByText('99 languages').first().waitFor();
    await row.getByText('75 MB').or(row.getByText('77 MB')).waitFor();
    await picture(page, 'other-languages-models');

    await goTo(page, 'Session');
    await page.keyboard.press('Shift+A');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Language spoken').selectOption({ label: 'automatic' });
    await dialog.getByRole('button', { name: 'Analyse' }).click();
    await utterances(page).filter({ hasText: '自定义' }).first().waitFor({ timeout: ANALYSIS_MS });
    await page.getByRole('tab', { name: 'Summary' }).click();
    await page
      .getByText(/Words: Whisper base .* Chinese \(detected, .*\d+ sec for \d+ sec of speech/)
      .waitFor();
    await picture(page, 'other-languages-session');
    expect(faults).toEqual([]);
  },
);
