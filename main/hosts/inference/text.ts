/** Text: emotion of written or recognised words. */
import { createTextModel } from '#models/text/model.ts';
import type { TextModel } from '#models/text/model.ts';
import type { TextItem } from '#models/text/quality.ts';
import type { Tensors } from '#models/tensor.ts';
import type { TaskHandlers } from '../serve.ts';
import type { GraphStore } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks } from './tasks.ts';
import { readVerifiedJson } from './verified-file.ts';

export interface TextGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'text.read'>;
  load: () => Promise<unknown>;
}

const GOLDEN: TextItem = {
  text: 'I was so happy to see you, and now I am a little afraid that you will leave.',
};

export function textGroup(models: ModelSet, graphs: GraphStore): TextGroup {
  const load = once(async () => {
    const model = models.of('text-emotion');
    const text = createTextModel(model.manifest, (await readVerifiedJson(model, 'tokenizer')) as object);
    const golden = text.prepare([GOLDEN]).inputs;
    return { text, run: await graphs.open({ model, role: 'model', golden }) };
  });
  return {
    load,
    handlers: {
      async 'text.read'({ items }, { signal }) {
        const { text, run } = await load();
        const readings: ReturnType<TextModel['read']> = [];
        // One text a run: in an 8-bit graph the neighbours in a batch change the scale, and with it the last digits.
        for (const { confidence, ...item } of items) {
          const batch = text.prepare([
            confidence === undefined ? item : { ...item, recogniserConfidence: confidence },
          ]);
          const outputs = await run(batch.inputs, signal);
          readings.push(...text.read(batch, outputs as unknown as Tensors));
        }
        return { readings };
      },
    },
  };
}
