/** Text: emotion of written or recognised words, each text by the model of its language. */
import { modelTag } from '#contract/models/manifest.ts';
import { AttuneError } from '#contract/errors.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import type { InstalledModel } from '#main/platform/weights.ts';
import { modelLanguage } from '#models/text/language.ts';
import { createTextModel } from '#models/text/model.ts';
import type { TextModel } from '#models/text/model.ts';
import type { TextItem } from '#models/text/quality.ts';
import type { Tensors } from '#models/tensor.ts';
import type { TaskHandlers } from '../serve.ts';
import type { GraphStore, RunGraph } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks } from './tasks.ts';
import { readVerifiedJson } from './verified-file.ts';

export interface TextGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'text.read'>;
  load: () => Promise<unknown>;
}

interface LoadedText {
  text: TextModel;
  run: RunGraph;
  tag: string;
}

const GOLDEN: TextItem = {
  text: 'I was so happy to see you, and now I am a little afraid that you will leave. 我很高兴。',
  context: ['Where have you been?'],
};

export function textGroup(models: ModelSet, graphs: GraphStore): TextGroup {
  const loaders = new Map(
    models
      .every('text-emotion')
      .map((model) => [model.manifest.languages[0] ?? 'en', once(() => loadText(model, graphs))] as const),
  );
  return {
    load: () => Promise.all([...loaders.values()].map((load) => load())),
    handlers: {
      async 'text.read'({ items }, { signal }) {
        const readings = new Array<Reading>(items.length);
        const models = new Array<string>(items.length);
        for (const [language, places] of byLanguage(items)) {
          const load = loaders.get(language) ?? loaders.get('en');
          if (load === undefined) throw new AttuneError('model-missing', 'No text model is installed.');
          const { text, run, tag } = await load();
          for (const batch of text.prepare(places.map((i) => asItem(items[i]!)))) {
            const read = text.read(batch, (await run(batch.inputs, signal)) as unknown as Tensors);
            for (const [k, reading] of read.entries()) {
              const place = places[batch.places[k]!]!;
              readings[place] = reading;
              models[place] = tag;
            }
          }
        }
        return { readings, models };
      },
    },
  };
}

type Asked = InferenceTasks['text.read']['params']['items'][number];

const asItem = ({ confidence, readBy: _, ...item }: Asked): TextItem =>
  confidence === undefined ? item : { ...item, recogniserConfidence: confidence };

/** The numbers of the items that each language's model reads. */
function byLanguage(items: readonly Asked[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [i, { text, readBy }] of items.entries()) {
    const language = readBy ?? modelLanguage(text);
    const places = found.get(language);
    if (places === undefined) found.set(language, [i]);
    else places.push(i);
  }
  return found;
}

async function loadText(model: InstalledModel, graphs: GraphStore): Promise<LoadedText> {
  const text = createTextModel(model.manifest, (await readVerifiedJson(model, 'tokenizer')) as object);
  const golden = text.prepare([GOLDEN])[0]!.inputs;
  const run = await graphs.open({ model, role: 'model', golden });
  return { text, run, tag: modelTag(model.manifest) };
}
