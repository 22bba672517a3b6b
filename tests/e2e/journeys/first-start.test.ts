import { expect, it } from 'vitest';
import {
  analysisCard,
  createWorkspace,
  openWorkspace,
  picture,
  resultShown,
  timeline,
  tryPassphrase,
} from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

it('first start: a workspace, the sample analysed before one’s eyes, and all of it there the next time', async () => {
  const home = await freshHome();
  const first = await start(home);
  await picture(first.page, 'create-workspace');
  await createWorkspace(first.page);
  await analysisCard(first.page).waitFor();
  await picture(first.page, 'sample-running');
  await resultShown(first.page);
  await first.page.getByText('Synthetic sample').first().waitFor();
  await picture(first.page, 'sample');
  expect(first.faults).toEqual([]);
  await first.quit();

  const second = await start(home);
  await tryPassphrase(second.page, 'not the passphrase at all');
  await second.page.getByRole('alert').waitFor();
  expect(await second.page.getByRole('alert').innerText()).toMatch(/passphrase/i);
  expect(await timeline(second.page).count()).toBe(0);
  await picture(second.page, 'wrong-passphrase');
  await openWorkspace(second.page);
  // Back where it was: in the same session.
  await resultShown(second.page);
  expect(second.faults).toEqual([]);
});
