/** Speakers: where stretches of speech lie in the space of voices. */
import { setImmediate } from 'node:timers/promises';
import type { Span } from '#contract/units.ts';
import { diarise } from '#models/speakers/diarise.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { repeated } from '#models/speakers/windows.ts';
import { floatOutput, floats } from '#models/speech/session-run.ts';
import { SAMPLE_RATE_HZ } from '#models/speech/voice-activity.ts';
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

/** Windows a run: enough that the matrices are worth it, few enough that a cancel gets in between. */
const MOST_WINDOWS = 16;

const toSample = (ms: number): number => Math.round((ms * SAMPLE_RATE_HZ) / 1000);

export function speakersGroup(models: ModelSet, graphs: GraphStore): SpeakersGroup {
  const load = once(async () => {
    const model = models.of('speaker-embedding');
    const settings = parseSpeakerSettings(model.manifest.settings);
    const length = toSample(settings.windowMs);
    const golden = { [settings.input]: floats(goldenSignal(length), [1, length]) };
    // A recurrent net of this size gains nothing elsewhere.
    return { settings, graph: await graphs.open({ model, role: 'encoder', golden, cpuOnly: true }) };
  });

  return {
    load,
    handlers: {
      async 'speakers.embed'({ samples, spans }, { signal }) {
        const { settings, graph } = await load();
        const run = asRun(graph, signal);
        const length = toSample(settings.windowMs);
        const cut = ({ startMs, endMs }: Span): Float32Array =>
          repeated(samples.subarray(toSample(startMs), toSample(endMs)), length);
        const voices: Float32Array[] = [];
        for (let at = 0; at < spans.length; at += MOST_WINDOWS) {
          const windows = spans.slice(at, at + MOST_WINDOWS).map(cut);
          const batch = new Float32Array(windows.length * length);
          windows.forEach((window, i) => batch.set(window, i * length));
          const outputs = await run({ [settings.input]: floats(batch, [windows.length, length]) });
          const rows = floatOutput(outputs, settings.output);
          const width = rows.length / windows.length;
          windows.forEach((_, i) => voices.push(rows.slice(i * width, (i + 1) * width)));
        }
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
