import { expect, it } from 'vitest';
import {
  analysisCard,
  createWorkspace,
  openSession,
  openWorkspace,
  picture,
  resultShown,
  stageIs,
  timeline,
} from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

const SAMPLE = 'Sample: a made-up talk';
/** The promise is one second; a loaded machine gets more. */
const CANCEL_MS = 4000;

it('cancel stops an analysis at once; quitting and starting again loses nothing; then only the rest is done', async () => {
  const home = await freshHome();
  const first = await start(home);
  await createWorkspace(first.page);
  await stageIs(first.page, 'Faces', 'running');

  const asked = Date.now();
  await analysisCard(first.page).getByRole('button', { name: 'Cancel' }).click();
  await analysisCard(first.page).waitFor({ state: 'detached' });
  expect(Date.now() - asked).toBeLessThan(CANCEL_MS);
  await picture(first.page, 'cancelled');

  await first.page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await stageIs(first.page, 'Find speech', 'kept from before');
  await stageIs(first.page, 'Faces', 'running');
  // In the middle of it the person quits.
  await first.quit();
  expect(first.faults).toEqual([]);

  const second = await start(home);
  await openWorkspace(second.page);
  expect(await timeline(second.page).count()).toBe(0);
  await openSession(second.page, SAMPLE);
  await second.page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await stageIs(second.page, 'Find speech', 'kept from before');
  await resultShown(second.page);
  expect(second.faults).toEqual([]);
});
