/** A table of comments: its columns chosen, read, killed in the middle, read on, asked about and given out. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  analysisCard,
  createWorkspace,
  goTo,
  openSession,
  openWorkspace,
  picture,
  progressOf,
  sessionRow,
} from '../support/steps.ts';
import { freshHome, SHELL, start } from '../support/workstation.ts';

const COUNT = 700;
const SAID = [
  'I love this so much, thank you!',
  'This makes me furious.',
  'It arrived on Tuesday.',
  'I am so sad today.',
];
const READ_MS = 200_000;

const table = (): string => {
  const line = (i: number): string => {
    const day = `0${(i % 9) + 1}/0${(Math.floor(i / 9) % 9) + 1}/2025`;
    return `${day},ticket ${i},user ${i % 5},${i % 2 ? 'shop' : 'app'},"${i % 100 === 99 ? '' : `${SAID[i % 4]!} (${i})`}"`;
  };
  return `Posted,Ticket,User,Where,Comment\n${Array.from({ length: COUNT }, (_, i) => line(i)).join('\n')}\n`;
};

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Bring in “comments.csv”' });
const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Texts' });
const trend = (page: Page): Locator => page.getByRole('region', { name: 'Over time' });
const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' });

it('a table of comments comes in, survives a kill, is read on, asked about and exported', async () => {
  const home = await freshHome();
  const file = path.join(home, 'comments.csv');
  await writeFile(file, table());
  const first = await start(home, [file]);
  await createWorkspace(first.page);
  // A file named at the start is offered; the person says what it is, by keyboard.
  await dialog(first.page).getByText('693 texts come in').waitFor();
  expect(await dialog(first.page).getByLabel('Column “Comment” is').inputValue()).toBe('text');
  await dialog(first.page).getByText('The file does not tell').waitFor();
  await dialog(first.page).getByLabel('Column “Where” is').focus();
  await first.page.keyboard.press('End');
  expect(await dialog(first.page).getByLabel('Column “Where” is').inputValue()).toBe('topic');
  await dialog(first.page).getByLabel('4 March (month first)').check();
  await picture(first.page, 'texts-bring');
  await dialog(first.page).getByRole('button', { name: 'Analyse 693 texts' }).click();
  await analysisCard(first.page).waitFor();
  await expect.poll(() => progressOf(analysisCard(first.page)), { timeout: READ_MS }).toBeGreaterThan(0.15);
  // Before the kill: a page whose program is gone has every reason to complain.
  expect(first.faults).toEqual([]);
  await first.kill();

  const { page, electron, faults, importFiles } = await start(home);
  await openWorkspace(page);
  // The window comes back to where it was: in the session.
  await page.getByText('What is read is kept').waitFor();
  await goTo(page, 'Library');
  await sessionRow(page, 'comments').getByText('Not analysed').waitFor();
  await sessionRow(page, 'comments').getByText('693 texts').waitFor();
  await openSession(page, 'comments');
  const told = (await page.getByText(/\d+ of 693 read/).innerText()).split(' ')[0];
  expect(Number(told)).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Go on reading' }).click();
  await analysisCard(page).waitFor({ state: 'detached', timeout: READ_MS });
  await inspector(page).getByText('693 texts').waitFor();

  // By emotion, by topic, by words; the list and the figures follow.
  await page.getByLabel('Reads as').selectOption('happiness');
  await page.getByText(/ of 693 texts/).waitFor();
  await list(page).getByRole('option').first().getByText('I love this so much').waitFor();
  await page.getByRole('button', { name: 'Show all texts' }).click();
  await page.getByRole('tab', { name: 'Topics' }).click();
  await inspector(page).getByRole('button', { name: 'Only shop' }).click();
  await page.getByText('343 of 693 texts').waitFor();
  await page.getByRole('button', { name: 'Without “shop”' }).click();
  await page.getByLabel('Search the texts').fill('furious. (401)');
  await page.getByText('1 of 693 texts').waitFor();
  await list(page).focus();
  await page.keyboard.press('Home');
  await inspector(page).getByText('Row 403 of the file').waitFor();
  await picture(page, 'texts-one');
  await page.getByRole('button', { name: 'Show all texts' }).click();

  // Into a bar of the trend by keyboard, and out again.
  await trend(page).getByText('a bar a week').waitFor();
  await trend(page).getByRole('group').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Without “.*2025/ }).click();
  await page.getByText('693 texts', { exact: true }).first().waitFor();
  await picture(page, 'texts-all');

  const saved = path.join(home, 'saved.csv');
  await electron?.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(target));
  }, saved);
  const download = SHELL === 'browser' ? page.waitForEvent('download') : null;
  await page.getByRole('button', { name: /^Export as CSV/ }).click();
  await (await download)?.saveAs(saved);
  await expect.poll(() => readFile(saved, 'utf8').catch(() => ''), { timeout: 10_000 }).toContain('(1)');
  const lines = (await readFile(saved, 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(694);
  // The second day of the file, read month first.
  expect(lines[2]).toMatch(/^3,2025-02-01T00:00:00\.000Z,user 1,shop,/);

  // A chat from the import button is taken for a conversation, and is let go again.
  const chat = path.join(home, 'chat.txt');
  await writeFile(chat, '[1/2/25, 10:15:00] Ann: so good to see you\n[1/2/25, 10:16:00] Ben: and you\n');
  await goTo(page, 'Library');
  await importFiles([chat]);
  const bring = page.getByRole('dialog', { name: 'Bring in “chat.txt”' });
  await bring.getByText('2 texts come in').waitFor();
  expect(await bring.getByLabel('as part of a conversation').isChecked()).toBe(true);
  await page.keyboard.press('Escape');
  await bring.waitFor({ state: 'detached' });
  await page.getByText('1 session', { exact: true }).waitFor();
  expect(faults).toEqual([]);
});
