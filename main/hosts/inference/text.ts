/** Text: emotion of written or recognised words, each text by the model of its language, a mixed one by both. */
import { joinedTag, modelTag } from '#contract/models/manifest.ts';
import { AttuneError } from '#contract/errors.ts';
import type { InstalledModel } from '#main/platform/weights.ts';
import { modelLanguage } from '#models/text/language.ts';
import type { TextLanguage } from '#models/text/language.ts';
import { readTogether } from '#models/text/mixed.ts';
import type { ModelAnswer } from '#models/text/mixed.ts';
import { createTextModel } from '#models/text/model.ts';
import type { TextModel } from '#models/text/model.ts';
import type { TextItem } from '#models/text/quality.ts';
import { englishPartOf, readerOf } from '#models/text/reader.ts';
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

interface Answer extends ModelAnswer {
  readonly tag: string;
}

const LANGUAGES: readonly TextLanguage[] = ['en', 'zh'];

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
        const readers = items.map((item) => readersOf(item, loaders));
        const answers = items.map((): Answer[] => []);
        for (const language of LANGUAGES) {
          const places = [...items.keys()].filter((i) => readers[i]!.includes(language));
          if (places.length === 0) continue;
          const load = loaders.get(language) ?? loaders.get('en');
          if (load === undefined) throw new AttuneError('model-missing', 'No text model is installed.');
          const { text, run, tag } = await load();
          const given = places.map((i) => asItem(items[i]!, readers[i]!.length > 1 && language === 'en'));
          for (const batch of text.prepare(given)) {
            const read = text.read(batch, await run(batch.inputs, signal));
            for (const [k, reading] of read.entries()) {
              const { talk } = batch.items[k]!;
              answers[places[batch.places[k]!]!]!.push({ reading, baseRates: text.baseRates(talk), tag });
            }
          }
        }
        return {
          readings: answers.map((of) => (of.length === 1 ? of[0]!.reading : readTogether(of))),
          models: answers.map((of) => joinedTag(of.map(({ tag }) => tag))),
        };
      },
    },
  };
}

type Asked = InferenceTasks['text.read']['params']['items'][number];

function asItem({ confidence, readBy: _, ...item }: Asked, englishOnly: boolean): TextItem {
  const text = englishOnly ? englishPartOf(item.text) : item.text;
  return { ...item, text, ...(confidence === undefined ? {} : { recogniserConfidence: confidence }) };
}

/** The languages whose models read the text; only one where the other's isn't installed. */
function readersOf(
  { text, readBy }: Asked,
  installed: ReadonlyMap<string, unknown>,
): readonly TextLanguage[] {
  const reader = readBy ?? readerOf(text);
  if (reader !== 'both') return [reader];
  return LANGUAGES.every((language) => installed.has(language)) ? LANGUAGES : [modelLanguage(text)];
}

async function loadText(model: InstalledModel, graphs: GraphStore): Promise<LoadedText> {
  const text = createTextModel(model.manifest, (await readVerifiedJson(model, 'tokenizer')) as object);
  const golden = text.prepare([GOLDEN])[0]!.inputs;
  const run = await graphs.open({ model, role: 'model', golden });
  return { text, run, tag: modelTag(model.manifest) };
}
