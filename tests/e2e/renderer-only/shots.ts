/** Takes a picture of each screen, both themes, two sizes: `node tests/e2e/renderer-only/shots.ts [folder] [name…]`. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { rendererOnly } from './renderer-only.ts';

const [folder = path.resolve(import.meta.dirname, '../../.artifacts/shots'), ...only] = process.argv.slice(2);
/** What stands in the places of a session of texts. */
async function inTexts(page: Page, what: string): Promise<void> {
  if (what === 'texts-bring') {
    const data = await page.evaluateHandle(() => new DataTransfer());
    await data.evaluate(
      (transfer, name) => transfer.items.add(new File(['text'], name)),
      'comments-2025.csv',
    );
    await page.dispatchEvent('.library', 'drop', { dataTransfer: data });
    await page.locator('[role=dialog] table').waitFor();
    return;
  }
  await page.locator('.trend').waitFor();
  if (what === 'texts-one') await page.locator('.list [role=option]').nth(3).click();
  if (what === 'texts-authors') await page.getByRole('tab').nth(2).click();
  if (what === 'texts-all') await page.locator('.plot').hover({ position: { x: 260, y: 40 } });
  await page.waitForTimeout(300);
}

/** A few edits by keyboard, so that their traces can be seen. */
async function doing(page: Page, what: string | null): Promise<void> {
  if (what === null) return;
  if (what.startsWith('texts')) return inTexts(page, what);
  if (what === 'kept-voices') return page.locator('.outdated').scrollIntoViewIfNeeded();
  if (what === 'download') {
    await page.getByLabel('address').fill('http://models.example.org/whisper-base');
    await page.getByRole('button', { name: 'Downloading' }).hover();
    await page.locator('.tip').waitFor();
    return;
  }
  if (what === 'download-stop') {
    await page.getByRole('article').getByRole('button').click();
    await page.locator('[role=dialog]').waitFor();
    await page.waitForTimeout(200);
    return;
  }
  await page.locator('.transcript [role=listbox]').focus();
  await page.keyboard.press('Control+m');
  if (what === 'mark') return page.locator('[role=dialog]').waitFor();
  await page.keyboard.press('l');
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  await page.locator('.transcript [role=listbox]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Well, ');
  if (what === 'speaker') await page.keyboard.press('Control+e');
  if (what === 'replace') {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('the');
  }
  await page.waitForTimeout(500);
  if (what === 'speakers' || what === 'history') {
    await page.keyboard.press('Escape');
    await page.keyboard.press(what === 'speakers' ? 'Shift+S' : 'Shift+H');
    await page.waitForTimeout(300);
  }
}

const video = process.env['ATTUNE_LOOK_VIDEO'] ? '&video=/look-video' : '';
const SCREENS: Record<string, string> = {
  create: '?state=none',
  open: '?state=locked',
  library: '?',
  empty: '?library=empty',
  session: `?panel=session&time=40&library=quiet${video}`,
  audio: '?panel=session&time=200&library=quiet',
  marks: '?panel=session&time=13&library=quiet&voices&press=%2B%2B%2B%2B%2B%2B%2B',
  zoomed: `?panel=session&time=40&library=quiet&press=%2B%2B%2B%2B${video}`,
  summary: `?panel=session&time=340&library=quiet&press=v${video}`,
  why: `?panel=session&time=49&library=quiet&press=w${video}`,
  'why-chinese': `?panel=session&time=49&library=quiet&language=zh&press=w${video}`,
  keys: '?library=quiet&press=%3F',
  'export-transcript': `?panel=session&time=40&library=quiet&press=E${video}`,
  'export-transcript-zh': `?panel=session&time=40&library=quiet&language=zh&press=E${video}`,
  chinese: `?panel=session&time=340&library=quiet&language=zh${video}`,
  mark: '?panel=session&time=40&library=quiet&do=mark',
  'mark-chinese': '?panel=session&time=40&library=quiet&language=zh&do=mark',
  edit: '?panel=session&time=40&library=quiet&do=edit',
  speaker: '?panel=session&time=40&library=quiet&do=speaker',
  speakers: '?panel=session&time=40&library=quiet&do=speakers',
  replace: '?panel=session&time=40&library=quiet&do=replace',
  overlaps: '?panel=session&time=14&library=quiet&voices',
  voices: '?panel=session&time=40&library=quiet&voices',
  'voices-speakers': '?panel=session&time=40&library=quiet&voices&press=S',
  'voices-chinese': '?panel=session&time=40&library=quiet&voices&language=zh',
  'voices-speakers-chinese': '?panel=session&time=40&library=quiet&voices&language=zh&press=S',
  history: '?panel=session&time=40&library=quiet&do=history',
  'edit-chinese': '?panel=session&time=40&library=quiet&language=zh&do=edit',
  'speakers-chinese': '?panel=session&time=40&library=quiet&language=zh&do=speakers',
  'texts-all': '?panel=session&session=s7&library=quiet&do=texts-all',
  'texts-one': '?panel=session&session=s7&library=quiet&do=texts-one',
  'texts-authors': '?panel=session&session=s7&library=quiet&do=texts-authors',
  'texts-bring': '?library=quiet&do=texts-bring',
  'texts-chinese': '?panel=session&session=s7&library=quiet&language=zh&do=texts-authors',
  'texts-bring-chinese': '?library=quiet&language=zh&do=texts-bring',
  system: '?panel=system&library=quiet',
  settings: '?panel=settings&library=quiet',
  'kept-voices': '?panel=settings&library=quiet&do=kept-voices',
  'kept-voices-chinese': '?panel=settings&library=quiet&language=zh&do=kept-voices',
  download: '?panel=system&library=downloading&do=download',
  'download-stop': '?panel=system&library=downloading&do=download-stop',
  'download-stop-chinese': '?panel=system&library=downloading&language=zh&do=download-stop',
  'system-chinese': '?panel=system&library=quiet&language=zh',
  again: '?panel=session&time=40&library=quiet&press=A',
  'again-chinese': '?panel=session&time=40&library=quiet&language=zh&press=A',
};
const SIZES = [
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

mkdirSync(folder, { recursive: true });
const { address, browser, close } = await rendererOnly('--autoplay-policy=no-user-gesture-required');
for (const theme of ['light', 'dark'])
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: size, colorScheme: theme as 'light' | 'dark' });
    page.on('console', (message) => {
      if (message.type() === 'error') process.stderr.write(`${message.text()}\n`);
    });
    page.on('pageerror', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
    for (const [name, query] of Object.entries(SCREENS)) {
      if (only.length > 0 && !only.includes(name)) continue;
      await page.goto(`${address}${query}&theme=${theme}`, { waitUntil: 'networkidle' });
      await page.waitForSelector('.card, .shell');
      for (const key of new URLSearchParams(query).get('press') ?? '')
        await page.keyboard.press(/[A-Z]/.test(key) ? `Shift+${key}` : key);
      await doing(page, new URLSearchParams(query).get('do'));
      if (query.includes('press')) await page.waitForTimeout(150);
      await page.screenshot({ path: path.join(folder, `${name}.${theme}.${size.width}.png`) });
    }
    await page.close();
  }
await close();
