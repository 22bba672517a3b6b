/**
 * How a list of 100,000 texts scrolls: `node tests/e2e/renderer-only/scrolling.ts`. Prints the main thread's own time a step, which other
 * programs of a busy machine don't lengthen, making the fixture's texts included. No pass or fail.
 */
import { rendererOnly } from './renderer-only.ts';
import { threadTime } from './thread-time.ts';

const { address, browser, close } = await rendererOnly();
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
const taskMs = await threadTime(page);
await page.goto(`${address}?panel=session&session=s7&library=quiet`);
await page.locator('.list [role=option]').first().waitFor();

const quantile = (values: number[], q: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0).toFixed(1);

/** Scrolls by so many pixels a frame. */
async function measure(name: string, count: number, byPx: number): Promise<void> {
  const own: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = await taskMs();
    await page.evaluate((px) => {
      document.querySelector('.list')!.scrollTop += px;
      return new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve())));
    }, byPx);
    own.push((await taskMs()) - before);
  }
  const spread = `p50 ${quantile(own, 0.5)}, p95 ${quantile(own, 0.95)}, max ${quantile(own, 1)} ms (${count})`;
  process.stdout.write(`${name}, main thread: ${spread}\n`);
}

await measure('a wheel step', 200, 120);
await measure('a leap of 1,000 texts', 90, 46_000);
const shown = await page.locator('.list [role=option]').count();
process.stdout.write(`${shown} rows in the page\n`);
await close();
