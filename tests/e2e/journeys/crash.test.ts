import { expect, it } from 'vitest';
import { spokenRecording } from '../support/recordings.ts';
import { createWorkspace, position, resultShown, utterances } from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

it('a page that crashes comes back to the same session and time', async () => {
  const home = await freshHome();
  const { page, crashPage, call } = await start(home, [spokenRecording(home, 'short.wav', 15)]);
  await createWorkspace(page);
  await resultShown(page);
  await utterances(page).nth(1).click();
  await expect
    .poll(() => call('app.view'))
    .toMatchObject({
      value: { panel: 'session', timeMs: expect.toSatisfy((ms: number) => ms > 1000) as number },
    });
  const at = await position(page).inputValue();

  const read = await crashPage();
  await expect
    .poll(() => read(`document.querySelector('input[aria-label="Position"]')?.value`), { timeout: 30_000 })
    .toBe(at);
});
