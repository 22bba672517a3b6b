/** Why the words of an utterance read as they do. */
import type { TextExplanation } from '#contract/explanation/explanation.ts';
import { explainText } from '#models/explanation/text/explain.ts';
import { readerOf } from '#models/text/reader.ts';
import { cacheKey } from '../analysis/cache-key.ts';
import { textItems } from '../analysis/read-text.ts';
import { kept } from './kept.ts';
import { utteranceReading, type Asked, type Explaining } from './types.ts';

/** Between two calls others get their turn in the host. */
const TEXTS_A_CALL = 16;

/** With the context, language and confidence that the analysis gave the model. @throws AttuneError */
export async function explainWords(request: Asked<'text'>, to: Explaining): Promise<TextExplanation> {
  const { result, parts, signal } = to;
  const { evidence } = utteranceReading(to, request);
  const { item } = textItems(result.transcript).find(
    ({ utterance }) => utterance.id === request.utteranceId,
  )!;
  const key = cacheKey('explanation', [parts.models.fingerprint('text-emotion'), request.utteranceId, item]);
  return kept(parts.cache, key, async () => {
    let runs = 0;
    // The same model, or both, reads the whole, its parts and nothing: what two models differ in is no word's doing.
    const readBy = readerOf(item.text);
    const findings = await explainText(item.text, item.language ?? null, async (texts) => {
      const read = [];
      for (let i = 0; i < texts.length; i += TEXTS_A_CALL) {
        const items = texts.slice(i, i + TEXTS_A_CALL).map((text) => ({ ...item, text, readBy }));
        read.push(...(await parts.inference.call('text.read', { items }, { signal })).readings);
        to.asked((runs += items.length));
      }
      return read.map(({ probabilities }) => probabilities);
    });
    return {
      modality: 'text',
      model: evidence.model,
      runs,
      utteranceId: request.utteranceId,
      ...findings,
    };
  });
}
