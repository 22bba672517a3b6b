import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { spokenRecording } from '../support/recordings.ts';
import {
  createWorkspace,
  goTo,
  openSession,
  openWorkspace,
  picture,
  position,
  resultShown,
  transcript,
  utterances,
} from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

const list = (page: Page) => transcript(page).getByRole('listbox');
const field = (page: Page) => transcript(page).getByRole('textbox', { name: 'Words of this utterance' });
const saved = (page: Page) => transcript(page).getByRole('status').filter({ hasText: 'Saved' }).waitFor();
const texts = (page: Page) => utterances(page).locator('p').allInnerTexts();
const outOfDate = (page: Page) => transcript(page).getByText(/readings? out of date/);
/** On a machine that has other work as well. */
const READ_MS = 120_000;

it('words are corrected by keyboard alone; kill -9 loses nothing; what was done before it can be undone after it', async () => {
  const home = await freshHome();
  const first = await start(home, [spokenRecording(home, 'talk.wav', 12)]);
  const { page } = first;
  await createWorkspace(page);
  await resultShown(page);
  const before = await texts(page);

  await list(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await field(page).waitFor();
  // Play and back under the fingers, without leaving the words.
  await page.keyboard.press('Tab');
  await expect.poll(async () => Number(await position(page).inputValue())).toBeGreaterThan(300);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect.poll(async () => Number(await position(page).inputValue())).toBeLessThan(2000);
  await page.keyboard.press('Control+.');
  expect(await page.getByRole('combobox', { name: 'Speed' }).inputValue()).toBe('1.25');

  await page.keyboard.type('Well, well. ');
  expect(await field(page).inputValue()).toBe(`Well, well. ${before[0]}`);
  // Split after them, and typed on in the new utterance.
  await page.keyboard.press('Enter');
  await page.keyboard.type('Now: ');
  await picture(page, 'transcript-editing');
  await page.keyboard.press('Escape');
  await expect.poll(() => texts(page)).toEqual(['Well, well.', `Now: ${before[0]}`, ...before.slice(1)]);
  await saved(page);
  // Before the kill: what was under way then fails, as it must.
  expect(first.faults).toEqual([]);
  await first.kill();

  const second = await start(home);
  await openWorkspace(second.page);
  await resultShown(second.page);
  const kept = ['Well, well.', `Now: ${before[0]}`, ...before.slice(1)];
  await expect.poll(() => texts(second.page)).toEqual(kept);
  // What the crash left unread is read.
  await outOfDate(second.page).waitFor({ state: 'detached', timeout: READ_MS });

  await list(second.page).focus();
  for (const expected of [['Well, well.', before[0]!], [`Well, well. ${before[0]}`], [before[0]!]]) {
    await second.page.keyboard.press('Control+z');
    await expect.poll(async () => (await texts(second.page)).slice(0, expected.length)).toEqual(expected);
  }
  await second.page.keyboard.press('Control+Shift+Z');
  await expect.poll(async () => (await texts(second.page))[0]).toBe(`Well, well. ${before[0]}`);
  // Backspace at the start joins.
  await second.page.keyboard.press('ArrowDown');
  await second.page.keyboard.press('Enter');
  await second.page.keyboard.press('Backspace');
  await second.page.keyboard.press('Escape');
  await expect.poll(async () => (await texts(second.page)).length).toBe(before.length - 1);
  expect(second.faults).toEqual([]);
});

/** A made-up voice may be heard as two. */
async function takeForOnePerson(page: Page): Promise<void> {
  await page.keyboard.press('Shift+S');
  const speakers = page.getByRole('dialog', { name: 'Speakers' });
  const names = speakers.getByRole('textbox', { name: 'Name' });
  await names.first().waitFor();
  if ((await names.count()) > 1) {
    await speakers.getByLabel('People who speak').selectOption('1');
    await speakers.getByRole('button', { name: 'Take all for 1 person' }).click();
    await expect.poll(() => names.count(), { timeout: READ_MS }).toBe(1);
  }
  await page.keyboard.press('Escape');
  await speakers.waitFor({ state: 'detached' });
}

it('speakers, marks, find and replace, and a history that says who; only what changed is read again', async () => {
  const home = await freshHome();
  const { page, faults } = await start(home, [spokenRecording(home, 'talk.wav', 12)]);
  await createWorkspace(page);
  await resultShown(page);
  await goTo(page, 'Settings');
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('Your name').press('Enter');
  await openSession(page, 'talk');
  const before = await texts(page);
  await takeForOnePerson(page);

  // From the second utterance on it is somebody else, who gets a name.
  await utterances(page).nth(1).click();
  await list(page).focus();
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog', { name: 'Who speaks?' }).waitFor();
  await page.keyboard.press('f');
  await page.keyboard.press('n');
  await expect
    .poll(() => utterances(page).getByRole('button', { name: 'Speaker 2' }).count())
    .toBe(before.length - 1);
  // Words that are joined to another speaker's are said to be theirs, and one press takes that back.
  await utterances(page).nth(1).click();
  await page.keyboard.press('Enter');
  await field(page).waitFor();
  await page.keyboard.press('Backspace');
  const joined = page.getByRole('status').filter({ hasText: 'Joined: these words are Speaker 1’s now.' });
  await joined.getByRole('button', { name: 'Undo' }).click();
  await joined.waitFor({ state: 'detached' });
  // And the cursor is where it was.
  await expect.poll(() => field(page).inputValue()).toBe(before[1]);
  await transcript(page).locator('textarea:focus').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => texts(page)).toEqual(before);

  await page.keyboard.press('Shift+S');
  const speakers = page.getByRole('dialog', { name: 'Speakers' });
  await speakers.getByRole('textbox', { name: 'Name' }).nth(1).fill('Bo');
  // The colours are one stop of Tab, and the arrows go through them.
  const chosen = speakers.getByRole('radio', { checked: true }).nth(1);
  await chosen.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await chosen.getAttribute('aria-label')).toBe('Colour 4');
  await speakers.getByRole('combobox', { name: 'Role' }).nth(1).fill('client');
  await page.keyboard.press('Tab');
  await picture(page, 'speakers');
  await page.keyboard.press('Escape');
  await speakers.waitFor({ state: 'detached' });
  await utterances(page).nth(1).getByText('client').waitFor();

  await list(page).focus();
  await page.keyboard.press('Control+m');
  await page.getByRole('dialog', { name: /^Mark at/ }).waitFor();
  await page.keyboard.press('l');
  await transcript(page).getByText('[laughs]').waitFor();
  await page.keyboard.press('Control+m');
  await page.getByRole('dialog', { name: /^Mark at/ }).waitFor();
  await page.keyboard.press('o');
  await transcript(page).getByText('[several speak at once]').waitFor();
  await utterances(page).getByText('overlaps').first().waitFor();
  await page.getByRole('region', { name: 'Timeline' }).getByText('Marks').waitFor();

  await page.keyboard.press('Control+f');
  await page.keyboard.type('i');
  await transcript(page).getByRole('textbox', { name: 'Replace with' }).fill('you');
  await transcript(page).getByLabel('Whole words').check();
  await transcript(page)
    .getByRole('button', { name: /^Replace \d+ places?$/ })
    .click();
  await transcript(page).getByRole('searchbox').fill('');
  await expect.poll(async () => (await texts(page)).join(' ')).not.toMatch(/\bI\b/);

  await outOfDate(page)
    .waitFor({ timeout: 5000 })
    .catch(() => {});
  await outOfDate(page).waitFor({ state: 'detached', timeout: READ_MS });
  await page.getByRole('region', { name: 'Timeline' }).getByText('Bo').first().waitFor();

  await page.keyboard.press('Escape');
  await list(page).focus();
  await page.keyboard.press('Shift+H');
  const history = page.getByRole('dialog', { name: 'History of edits' });
  await history.getByText('replaced words everywhere').waitFor();
  await history.getByRole('listitem').filter({ hasText: 'set a mark' }).getByText('[laughs]').waitFor();
  expect(await history.getByText('Ann').count()).toBeGreaterThan(3);
  await picture(page, 'history');
  await history.getByRole('button', { name: 'Back to the transcript before the first edit' }).click();
  await expect.poll(() => texts(page)).toEqual(before);
  expect(faults).toEqual([]);
});
