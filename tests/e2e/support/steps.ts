/** What a person does and sees, in the words of the interface. */
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ARTIFACTS } from './program.ts';
import { SHELL } from './workstation.ts';

export const PASSPHRASE = 'four quiet yellow bicycles';
/** An analysis of a minute or two, on a machine that has other work as well. */
export const ANALYSIS_MS = 200_000;

export const panels = (page: Page): Locator => page.getByRole('navigation', { name: 'Panels' });
export const timeline = (page: Page): Locator => page.getByRole('region', { name: 'Timeline' });
export const transcript = (page: Page): Locator => page.getByRole('region', { name: 'Transcript' });
export const utterances = (page: Page): Locator => transcript(page).getByRole('option');
export const position = (page: Page): Locator => page.getByRole('slider', { name: 'Position' });
/** The card of a running job. */
export const analysisCard = (page: Page): Locator => page.getByRole('article', { name: /^Analysis/ });

export async function createWorkspace(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Create your workspace' }).waitFor();
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Once more').fill(PASSPHRASE);
  await page.getByLabel('I have written it down').check();
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await panels(page).waitFor();
}

export async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('heading', { name: 'Open your workspace' }).waitFor();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

export async function openWorkspace(page: Page): Promise<void> {
  await tryPassphrase(page, PASSPHRASE);
  await panels(page).waitFor();
}

export const goTo = (
  page: Page,
  panel: 'Library' | 'Session' | 'Models and system' | 'Settings',
): Promise<void> => panels(page).getByRole('button', { name: panel }).click();

/** The row of a session in the library. */
export const sessionRow = (page: Page, title: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `Open ${title}`, exact: true }) });

export async function openSession(page: Page, title: string): Promise<void> {
  await goTo(page, 'Library');
  await page.getByRole('button', { name: `Open ${title}`, exact: true }).click();
}

/** Waits for the session view. */
export const resultShown = (page: Page): Promise<void> => shownUnlessFailed(page, timeline(page));

/** An analysis that fails is told at once, with what the page says. */
async function shownUnlessFailed(page: Page, wanted: Locator): Promise<void> {
  const failure = page.getByRole('alert').filter({ hasText: 'The last analysis failed' });
  await wanted.or(failure).first().waitFor({ timeout: ANALYSIS_MS });
  if (await failure.isVisible()) throw new Error(await failure.innerText());
}

/** The share that the card's progress bar shows, 0 to 1; null once the card is gone. */
export async function progressOf(card: Locator): Promise<number | null> {
  const bar = card.getByRole('progressbar');
  if ((await bar.count()) === 0) return null;
  const soon = { timeout: 1000 };
  const now = await bar.getAttribute('aria-valuenow', soon).catch(() => null);
  const max = await bar.getAttribute('aria-valuemax', soon).catch(() => null);
  return now === null ? null : Number(now) / Number(max ?? 1);
}

/** Waits until that stage of the running analysis is in that state: 'running', 'done', 'kept from before'. */
export const stageIs = (page: Page, stage: string, state: string): Promise<void> =>
  shownUnlessFailed(
    page,
    analysisCard(page).getByRole('listitem').filter({ hasText: stage }).filter({ hasText: state }),
  );

/** For people to look at: tests/.artifacts/<shell>/<name>.png. */
export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: path.join(ARTIFACTS, SHELL, `${name}.png`) });
