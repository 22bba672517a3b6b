/** Speakers: where stretches of speech lie in the space of voices. */
import { setImmediate } from 'node:timers/promises';
import { diarise } from '#models/speakers/diarise.ts';
import { encoderInputs } from '#models/speakers/encoder-inputs.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { floatOutput } from '#models/tensor.ts';
import { toSample } from '#models/sound-rate.ts';
import type { TaskHandlers } from '../serve.ts';
import { asRun } from './as-run.ts';
import { goldenSignal } from './golden.ts';
import type { GraphStore } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks } from './tasks.ts';

export interface SpeakersGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'speakers.embed' | 'speakers.diarise'>;
  load: () => Promise<unknown>;
}

export function speakersGroup(models: ModelSet, graphs: GraphStore): SpeakersGroup {
  const load = once(async () => {
    const model = models.of('speaker-embedding');
    const settings = parseSpeakerSettings(model.manifest.settings);
    const samples = goldenSignal(toSample(settings.windowMs));
    const golden = encoderInputs(samples, [{ startMs: 0, endMs: settings.windowMs }], settings);
    // Stretches differ in length: providers that compile a graph for each shape would be slower.
    return { settings, graph: await graphs.open({ model, role: 'encoder', golden, cpuOnly: true }) };
  });

  return {
    load,
    handlers: {
      async 'speakers.embed'({ samples, spans }, { signal }) {
        const { settings, graph } = await load();
        const run = asRun(graph, signal);
        if (spans.length === 0) return { voices: [] };
        const outputs = await run(encoderInputs(samples, spans, settings));
        const rows = floatOutput(outputs, settings.output);
        const width = rows.length / spans.length;
        const voices = spans.map((_, i) => rows.slice(i * width, (i + 1) * width));
        return { voices };
      },
      'speakers.diarise'({ regions, windows, people }, { signal }) {
        const settings = parseSpeakerSettings(models.of('speaker-embedding').manifest.settings);
        // An hour of talk takes half a minute: without a breath the host would seem to hang.
        const breathe = async (): Promise<void> => {
          await setImmediate();
          signal.throwIfAborted();
        };
        return diarise(regions, windows, settings, people, breathe);
      },
    },
  };
}
