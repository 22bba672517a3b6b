import { expect, it } from 'vitest';
import { spokenRecording } from '../support/recordings.ts';
import {
  analysisCard,
  createWorkspace,
  goTo,
  openSession,
  picture,
  position,
  progressOf,
  resultShown,
  sessionRow,
  timeline,
  utterances,
} from '../support/steps.ts';
import { freshHome, start } from '../support/workstation.ts';

it('a recording named at the start: progress, then player, lanes, transcript and inspector that move together', async () => {
  const home = await freshHome();
  const { page, faults, importFiles } = await start(home, [
    spokenRecording(home, 'Gespräch 1 – "late".wav', 24),
  ]);
  await createWorkspace(page);

  const card = analysisCard(page);
  await card.waitFor();
  // The stages come with the first report of the work, which may be later than the card.
  await card.getByRole('listitem').nth(4).waitFor();
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const share = await progressOf(card);
        if (share !== null) seen.push(share);
        return await timeline(page).count();
      },
      { timeout: 200_000, interval: 200 },
    )
    .toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(new Set(seen).size).toBeGreaterThan(2);

  // The transcript leads, the rest follows.
  const third = utterances(page).nth(2);
  await third.click();
  expect(await third.getAttribute('aria-selected')).toBe('true');
  const at = Number(await position(page).inputValue());
  expect(at).toBeGreaterThan(0);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector
    .getByText(/reads as|not sure/)
    .first()
    .waitFor();
  // What each modality said, how sure it is, how good its material was, and its share of the result.
  for (const modality of ['Text', 'Voice'])
    await inspector.getByRole('row', { name: new RegExp(`^${modality} .*%.*(good|fair|poor).*%`) }).waitFor();
  await picture(page, 'session');

  // It plays, and the position moves.
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect
    .poll(async () => Number(await position(page).inputValue()), { timeout: 20_000 })
    .toBeGreaterThan(at + 500);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();

  // A click on the lanes seeks too.
  const canvas = timeline(page).locator('canvas').first();
  const box = (await canvas.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.9, box.y + 40);
  await expect.poll(async () => Number(await position(page).inputValue())).toBeGreaterThan(15_000);

  await page.getByRole('button', { name: /^Theme/ }).click();
  await picture(page, 'session-other-theme');
  for (const panel of ['Models and system', 'Settings', 'Library'] as const) {
    await goTo(page, panel);
    await picture(page, panel.toLowerCase().replaceAll(' ', '-'));
  }

  // A second one, through the dialog.
  await importFiles([spokenRecording(home, 'second.wav', 6)]);
  await resultShown(page);
  await goTo(page, 'Library');
  await sessionRow(page, 'second').getByText('Analysed').waitFor();
  await openSession(page, 'Gespräch 1 – "late"');
  await resultShown(page);
  expect(faults).toEqual([]);
});
