/** What was heard so far, so that a resumed run, or one with other speakers, need not hear the same stretch again. */
import type { Span } from '#contract/units.ts';
import { readCached, writeCached } from './cached.ts';
import type { AnalysisParts, HeardUtterance } from './types.ts';

const SAVE_EVERY_MS = 20_000;

export class HeardSoFar {
  private readonly known = new Map<string, HeardUtterance>();
  private savedAt = Date.now();
  private readonly cache: AnalysisParts['cache'];
  private readonly key: string;

  private constructor(cache: AnalysisParts['cache'], key: string, utterances: HeardUtterance[]) {
    this.cache = cache;
    this.key = key;
    for (const u of utterances) this.known.set(HeardSoFar.id(u), u);
  }

  static async open(cache: AnalysisParts['cache'], key: string): Promise<HeardSoFar> {
    return new HeardSoFar(cache, key, (await readCached<HeardUtterance[]>(cache, key)) ?? []);
  }

  find(place: Span & { channel: number }): HeardUtterance | undefined {
    return this.known.get(HeardSoFar.id(place));
  }

  async add(utterance: HeardUtterance): Promise<void> {
    this.known.set(HeardSoFar.id(utterance), utterance);
    if (Date.now() - this.savedAt > SAVE_EVERY_MS) await this.save();
  }

  async save(): Promise<void> {
    this.savedAt = Date.now();
    await writeCached(this.cache, this.key, [...this.known.values()]);
  }

  private static id = ({ channel, startMs, endMs }: Span & { channel: number }): string =>
    `${channel}:${startMs}:${endMs}`;
}
