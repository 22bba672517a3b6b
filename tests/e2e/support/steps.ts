/** What a person does, in their words. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { ARTIFACTS } from './program.ts';
import { SHELL } from './workstation.ts';

export const PASSPHRASE = 'four quiet yellow bicycles';
/** An analysis of a minute, on a machine that has other work as well. */
const ANALYSIS_MS = 180_000;

export async function createWorkspace(page: Page, passphrase: string = PASSPHRASE): Promise<void> {
  await page.getByRole('heading', { name: 'Create your workspace' }).waitFor();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Once more').fill(passphrase);
  await page.getByLabel('I have written it down').check();
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await libraryShown(page);
}

export async function openWorkspace(page: Page, passphrase: string = PASSPHRASE): Promise<void> {
  await page.getByRole('heading', { name: 'Open your workspace' }).waitFor();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

export const libraryShown = (page: Page): Promise<void> =>
  page.getByRole('searchbox', { name: 'Search titles and participants' }).waitFor();

export const goToLibrary = (page: Page): Promise<void> =>
  page
    .getByRole('navigation')
    .getByRole('button', { name: /^Library/ })
    .click();

/** The row of a session in the library. */
export const sessionRow = (page: Page, title: string): ReturnType<Page['getByRole']> =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `Open ${title}`, exact: true }) });

/** The card of a running job about a session. */
export const jobCard = (page: Page, title: string): ReturnType<Page['getByRole']> =>
  page.getByRole('article', { name: new RegExp(`: .*${title}`) });

export const analysed = (page: Page, title: string): Promise<void> =>
  sessionRow(page, title).getByText('Analysed', { exact: false }).waitFor({ timeout: ANALYSIS_MS });

export async function openSession(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Open ${title}`, exact: true }).click();
  await page.getByRole('region', { name: 'Timeline' }).waitFor();
}

/** Looked at by people: tests/.artifacts/<shell>/<name>.png. */
export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: path.join(ARTIFACTS, SHELL, `${name}.png`) });
