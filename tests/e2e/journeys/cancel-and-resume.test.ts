import { expect, it } from 'vitest';
import { spokenRecording } from '../support/recordings.ts';
import {
  analysisCard,
  createWorkspace,
  openSession,
  openWorkspace,
  panels,
  picture,
  reaches,
  resultShown,
  timeline,
} from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

const LONG_S = 240;

it('cancel stops the analysis at once, and starting it again only does what is missing', async () => {
  const home = await freshHome();
  const { page, faults } = await start(home, [spokenRecording(home, 'long.wav', LONG_S)]);
  await createWorkspace(page);
  await reaches(analysisCard(page), 0.5);

  const asked = Date.now();
  await analysisCard(page).getByRole('button', { name: 'Cancel' }).click();
  await analysisCard(page).waitFor({ state: 'detached' });
  expect(Date.now() - asked).toBeLessThan(5000);
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await picture(page, 'cancelled');

  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await analysisCard(page).getByText('kept from before').first().waitFor();
  await resultShown(page);
  expect(faults).toEqual([]);
});

it('quitting during an analysis loses nothing: it ends, starts again, and goes on from there', async () => {
  const home = await freshHome();
  const first = await start(home, [spokenRecording(home, 'long.wav', LONG_S)]);
  await createWorkspace(first.page);
  await reaches(analysisCard(first.page), 0.5);
  await first.quit();

  const second = await start(home);
  await openWorkspace(second.page);
  await panels(second.page).waitFor();
  expect(await timeline(second.page).count()).toBe(0);
  await openSession(second.page, 'long');
  await second.page.getByRole('button', { name: /^Analyse/ }).click();
  await analysisCard(second.page).getByText('kept from before').first().waitFor();
  await resultShown(second.page);
  expect(second.faults).toEqual([]);
});
