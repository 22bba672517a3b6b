/** What a run of `attune evaluate` hands to every task. */
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import { sampled, seededRandom } from '#models/metrics/random.ts';
import type { ModelsInUse } from '../analysis/models-in-use.ts';
import { openTextFolder, type TextFolder } from './corpora/files.ts';
import { DRAWS, figureMaker, type FigureMaker, type Place } from './make-figure.ts';
import type { Reader } from './predicted.ts';

export interface EvaluationOptions {
  readonly inference: HostClient<InferenceTasks>;
  readonly media: MediaTools;
  readonly models: ModelsInUse;
  readonly signal: AbortSignal;
  /** ../shared/data */
  readonly data: string;
  /** text.tar.xz already unpacked. */
  readonly text?: string | undefined;
  /** Samples of the rows and few bootstrap draws: to see that everything runs. */
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

const SEED = 20;
const QUICK_ROWS = 120;
/** Rows of one part that are read at most: more would narrow the intervals little and take long. */
const MOST_ROWS = 5500;
const SAY_EVERY_MS = 10_000;

export class EvaluationContext {
  readonly options: EvaluationOptions;
  private readonly made = new Map<string, Promise<unknown>>();
  private textFolder: Promise<TextFolder> | undefined;

  constructor(options: EvaluationOptions) {
    this.options = options;
  }

  /** Unpacks the texts with the first call. */
  async texts(): Promise<string> {
    this.textFolder ??= openTextFolder(this.options.data, this.options.text);
    return (await this.textFolder).path;
  }

  /** The same work only once, when several tasks need it. */
  once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const made = (this.made.get(key) as Promise<T> | undefined) ?? make();
    this.made.set(key, made);
    return made;
  }

  /** A seeded sample where there are more rows than are read. */
  take<T>(items: readonly T[], most = MOST_ROWS): T[] {
    return sampled(items, this.options.quick ? QUICK_ROWS : most, seededRandom(SEED));
  }

  figures(place: Place): FigureMaker {
    return figureMaker(place, this.options.quick ? DRAWS.quick : DRAWS.whole);
  }

  /** Tells how far reading has come, every ten seconds. */
  reader(title: string): Reader {
    const { inference, media, models, signal, say } = this.options;
    say(`${title} …`);
    let said = Date.now();
    const onItem = (done: number, of: number): void => {
      if (Date.now() - said < SAY_EVERY_MS) return;
      said = Date.now();
      say(`${title}: ${done} of ${of}`);
    };
    return { inference, media, models, signal, onItem };
  }

  async dispose(): Promise<void> {
    await this.textFolder?.then(
      (folder) => folder.remove(),
      () => undefined,
    );
  }
}
