import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readTranscript } from '#models/transcript/read-transcript.ts';
import { createWorkspace, picture, resultShown, transcript, utterances } from '../support/steps.ts';
import { freshHome, SHELL, start } from '../support/workstation.ts';

const TALK = path.resolve(import.meta.dirname, '../../../assets/sample/talk.opus');
const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

it('a Word transcript comes in, what was assumed is said, and it goes out as WebVTT by keyboard alone', async () => {
  const home = await freshHome();
  const { page, electron, faults } = await start(home, [TALK]);
  await createWorkspace(page);
  await resultShown(page);

  const body = ['Anna Maria   0:01', 'I am so happy to see you.', 'Ben   0:06', 'I am afraid.'].map(
    paragraph,
  );
  const document = `<w:document xmlns:w="w"><w:body>${body.join('')}</w:body></w:document>`;
  const file = path.join(home, 'call.docx');
  await writeFile(file, zipSync({ 'word/document.xml': strToU8(document) }));
  await transcript(page).locator('input[type=file]').setInputFiles(file);
  await page.getByText('2 utterances were taken over').waitFor();
  await page.getByText('2 utterances without an end: taken to last until the next one').first().waitFor();
  await utterances(page).filter({ hasText: 'I am afraid.' }).waitFor({ timeout: 200_000 });

  // In Electron the system would ask where to put the file.
  const saved = path.join(home, 'saved.vtt');
  await electron?.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(target));
  }, saved);
  await page.keyboard.press('Shift+E');
  const dialog = page.getByRole('dialog', { name: 'Export the transcript' });
  await dialog.getByText('This format holds all of it.').waitFor();
  await page.keyboard.press('ArrowDown');
  await dialog.getByText('This format holds all of it.').waitFor();
  await page.keyboard.press('ArrowUp');
  await dialog.getByText('This format holds all of it.').waitFor();
  await picture(page, 'export-transcript');
  const download = SHELL === 'browser' ? page.waitForEvent('download') : null;
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await (await download)?.saveAs(saved);
  await expect.poll(() => readFile(saved, 'utf8').catch(() => ''), { timeout: 10_000 }).toContain('WEBVTT');
  const { transcript: back } = readTranscript('saved.vtt', await readFile(saved), Infinity);
  expect(back.speakers.map(({ label }) => label)).toEqual(['Anna Maria', 'Ben']);
  expect(back.utterances.map(({ startMs, text }) => [startMs, text])).toEqual([
    [1000, 'I am so happy to see you.'],
    [6000, 'I am afraid.'],
  ]);
  expect(faults).toEqual([]);
});
