/** Two voices in one channel: told apart again under corrected words, and remembered because somebody says so. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { packaged } from '#main/hosts/media/tools.ts';
import {
  createWorkspace,
  goTo,
  openSession,
  openWorkspace,
  picture,
  resultShown,
  sessionRow,
  transcript,
  utterances,
} from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

const TALK = path.resolve(import.meta.dirname, '../../../assets/sample/talk.opus');
/** On a machine that has other work as well. */
const TOLD_MS = 120_000;

function twoVoices(folder: string): string {
  const file = path.join(folder, 'two.wav');
  const cut = ['-t', '40', '-ac', '1', '-ar', '16000'];
  execFileSync(packaged('@ffmpeg-installer', 'ffmpeg'), [
    '-nostdin',
    '-v',
    'error',
    '-i',
    TALK,
    ...cut,
    file,
  ]);
  return file;
}

/** Two voices, lower by a sixteenth in the second half: as many as they are, or one more. */
function perhapsThree(folder: string): string {
  const file = path.join(folder, 'perhaps.wav');
  const lower =
    '[0:a]aresample=16000,pan=mono|c0=0.5*c0+0.5*c1,asplit[a][b];[a]atrim=0:20[x];' +
    '[b]atrim=20:40,asetpts=PTS-STARTPTS,asetrate=15000,aresample=16000[y];[x][y]concat=n=2:v=0:a=1';
  const ffmpeg = packaged('@ffmpeg-installer', 'ffmpeg');
  execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-y', '-i', TALK, '-filter_complex', lower, file]);
  return file;
}

const list = (page: Page) => transcript(page).getByRole('listbox');
const saved = (page: Page) => transcript(page).getByRole('status').filter({ hasText: 'Saved' }).waitFor();
const words = async (page: Page) => (await utterances(page).locator('p').allInnerTexts()).join(' ');
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Speakers' });
const names = (page: Page) => dialog(page).getByRole('textbox', { name: 'Name' });

async function tellApart(page: Page, people: number, button: string): Promise<void> {
  await dialog(page).getByLabel('People who speak').selectOption(String(people));
  await dialog(page).getByRole('button', { name: button }).click();
  await expect.poll(() => names(page).count(), { timeout: TOLD_MS }).toBe(people);
}

it('speakers are told apart again, words that were corrected stay, and it can be undone', async () => {
  const home = await freshHome();
  const { page, faults } = await start(home, [twoVoices(home)]);
  await createWorkspace(page);
  await resultShown(page);

  await list(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await transcript(page).getByRole('textbox', { name: 'Words of this utterance' }).waitFor();
  await page.keyboard.type('Corrected: ');
  await page.keyboard.press('Escape');
  await saved(page);
  await page.keyboard.press('Shift+S');
  await tellApart(page, 1, 'Take all for 1 person');
  await tellApart(page, 2, 'Tell apart as 2 people');
  await picture(page, 'told-apart');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await saved(page);
  expect(await words(page)).toContain('Corrected: ');

  await list(page).focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Shift+S');
  await expect.poll(() => names(page).count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+Z');
  await page.keyboard.press('Shift+H');
  await page.getByRole('dialog').getByText('had the speakers told apart again').first().waitFor();
  await page.keyboard.press('Escape');
  expect(faults).toEqual([]);
});

it('that two people speak is said once where it is unsure, and not asked after a restart', async () => {
  const home = await freshHome();
  const first = await start(home, [perhapsThree(home)]);
  await createWorkspace(first.page);
  await resultShown(first.page);
  const asked = (page: Page) => transcript(page).getByText('2 or 3 people speak');
  await asked(first.page).waitFor();
  await picture(first.page, 'people-unsure');
  await transcript(first.page).getByRole('button', { name: '2 is right' }).click();
  await asked(first.page).waitFor({ state: 'detached' });
  expect(first.faults).toEqual([]);
  await first.kill();

  const { page, faults } = await start(home);
  await openWorkspace(page);
  await openSession(page, 'perhaps');
  await resultShown(page);
  await utterances(page).first().waitFor();
  expect(await asked(page).count()).toBe(0);
  await page.keyboard.press('Shift+A');
  expect(await page.getByRole('dialog').getByLabel('How many people speak').inputValue()).toBe('2');
  expect(faults).toEqual([]);
});

it('a voice is remembered for a participant, listed, and forgotten', async () => {
  const home = await freshHome();
  const { page, faults } = await start(home, [twoVoices(home)]);
  await createWorkspace(page);
  await resultShown(page);
  await page.keyboard.press('Shift+S');
  // Nobody to suggest it for as long as no participant is named.
  await expect
    .poll(() => dialog(page).getByRole('button', { name: 'Remember voice' }).first().isDisabled())
    .toBe(true);
  await page.keyboard.press('Escape');

  await goTo(page, 'Library');
  await sessionRow(page, 'two').getByRole('button', { name: 'More for two' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByLabel('Participant (a pseudonym)').fill('P01');
  await page.keyboard.press('Enter');
  await sessionRow(page, 'two').getByRole('cell', { name: 'P01', exact: true }).waitFor();
  await openSession(page, 'two');
  await resultShown(page);
  await page.keyboard.press('Shift+S');
  await names(page).first().fill('Dr Grey');
  await page.keyboard.press('Tab');
  await dialog(page).getByRole('button', { name: 'Remember voice' }).first().click();
  await page.getByText('The voice of Dr Grey is remembered').waitFor({ timeout: TOLD_MS });
  await page.keyboard.press('Escape');

  await goTo(page, 'Settings');
  const kept = page.getByRole('listitem').filter({ hasText: 'Dr Grey' });
  await kept.getByText('P01').waitFor();
  await picture(page, 'remembered-voices');
  await kept.getByRole('button', { name: 'Forget' }).click();
  await kept.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});
