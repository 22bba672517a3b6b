/**
 * How the editor keeps up with the hands in a transcript of 2,000 utterances: `node tests/e2e/renderer-only/typing.ts`. Prints the time
 * from a key to the frame that shows it, and the main thread's own time a key, which other programs of a busy machine don't lengthen. No pass or fail.
 */
import { rendererOnly } from './renderer-only.ts';
import { threadTime } from './thread-time.ts';

const MINUTES = 144;
const { address, browser, close } = await rendererOnly();
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
const taskMs = await threadTime(page);

await page.goto(`${address}?minutes=${MINUTES}&step=1000&panel=session&library=quiet&time=4000`);
const list = page.locator('.transcript [role=listbox]');
await list.waitFor();
await page.evaluate(() => {
  const shown: number[] = [];
  Reflect.set(globalThis, 'shown', shown);
  addEventListener(
    'keydown',
    ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => shown.push(performance.now() - timeStamp))),
    { capture: true },
  );
});

const quantile = (values: number[], q: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0).toFixed(1);
async function measure(name: string, count: number, act: (i: number) => Promise<void>): Promise<void> {
  await page.evaluate(() => (Reflect.get(globalThis, 'shown') as number[]).splice(0));
  const own: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = await taskMs();
    await act(i);
    await page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve()))),
    );
    own.push((await taskMs()) - before);
  }
  const shown = await page.evaluate(() => Reflect.get(globalThis, 'shown') as number[]);
  const spread = (values: number[]): string =>
    `p50 ${quantile(values, 0.5)}, p95 ${quantile(values, 0.95)}, max ${quantile(values, 1)} ms (${values.length})`;
  if (shown.length > 0) process.stdout.write(`${name}, key to frame: ${spread(shown)}\n`);
  process.stdout.write(`${name}, main thread: ${spread(own)}\n`);
}

const press = (key: string): Promise<void> => page.keyboard.press(key);
await list.focus();
await measure('next utterance', 60, () => press('ArrowDown'));
await press('Enter');
await measure('typing', 120, (i) => press('abcde '[i % 6]!));
await measure('split and join', 40, (i) => press(i % 2 === 0 ? 'Enter' : 'Backspace'));
await press('Escape');
await measure('undo', 20, () => press('Control+z'));
await list.hover();
await measure('scrolling', 120, (i) => page.mouse.wheel(0, i < 60 ? 900 : -900));
const rows = await page.evaluate(() => document.querySelectorAll('.transcript [role=option]').length);
process.stdout.write(`rows in the page: ${rows}\n`);
await close();
