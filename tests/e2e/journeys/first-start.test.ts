import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packaged } from '#main/hosts/media/tools.ts';
import {
  analysisCard,
  createWorkspace,
  goTo,
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

/** A home whose ffprobe waits until it is let go, and with it whatever comes in. */
async function slowHome(): Promise<{ home: string; letGo: () => void }> {
  const home = await freshHome();
  const [ffprobePath, go] = [path.join(home, 'ffprobe'), path.join(home, 'go')];
  const waits = `while [ ! -e '${go}' ]; do sleep 0.05; done`;
  const exec = `exec '${packaged('@ffprobe-installer', 'ffprobe')}' "$@"`;
  writeFileSync(ffprobePath, `#!/bin/sh\n${waits}\n${exec}\n`, { mode: 0o700 });
  writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ ffprobePath }));
  return { home, letGo: () => writeFileSync(go, '') };
}

it('who went elsewhere while the sample came in stays there, and opens it when they like', async () => {
  const { home, letGo } = await slowHome();
  const { page, faults } = await start(home);
  await createWorkspace(page);
  await goTo(page, 'Settings');
  await page.getByLabel('Your name').fill('A. Reader');
  letGo();
  const told = page.getByRole('status').filter({ hasText: 'is in the library' });
  await told.waitFor();
  await picture(page, 'sample-arrived');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await told.getByRole('button', { name: 'Open' }).click();
  await analysisCard(page).waitFor();
  await told.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

it('what a person reads or types in is not taken away by a session that comes in', async () => {
  const { home, letGo } = await slowHome();
  const { page, faults } = await start(home);
  await createWorkspace(page);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.waitFor();
  letGo();
  await page.getByText('is in the library').waitFor();
  await keys.waitFor();
  expect(faults).toEqual([]);
});
