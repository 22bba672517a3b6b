/** Overlapping speech: where several people speak at once in a stretch of sound. */
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { overlapInputs, overlapsIn, parseOverlapSettings } from '#models/speakers/overlap.ts';
import { floatOutput } from '#models/tensor.ts';
import type { TaskHandlers } from '../serve.ts';
import { asRun } from './as-run.ts';
import { goldenSignal } from './golden.ts';
import type { GraphStore } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks } from './tasks.ts';

export interface OverlapGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'speakers.overlaps'>;
  load: () => Promise<unknown>;
}

export function overlapGroup(models: ModelSet, graphs: GraphStore): OverlapGroup {
  const load = once(async () => {
    const model = models.of('overlapping-speech');
    const settings = parseOverlapSettings(model.manifest.settings);
    const golden = overlapInputs(goldenSignal(2 * SAMPLE_RATE_HZ));
    // Stretches differ in length, and its recurrent layers gain nothing elsewhere.
    const request = { model, role: 'model', golden, cpuOnly: true, oneThread: true };
    return { settings, graph: await graphs.open(request) };
  });

  return {
    load,
    handlers: {
      async 'speakers.overlaps'({ samples }, { signal }) {
        const { settings, graph } = await load();
        const outputs = await asRun(graph, signal)(overlapInputs(samples));
        return { overlaps: overlapsIn(floatOutput(outputs, 'overlap'), settings) };
      },
    },
  };
}
