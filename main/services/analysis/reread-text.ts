/** The words of a corrected transcript: those whose text, or the lines before them, are another. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import { same } from '#contract/transcript/edit/change.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { readItems, textEvidence, textItems } from './read-text.ts';
import type { AnalysisParts } from './types.ts';

/** All text evidence; what is unchanged is the same object as before. */
export async function rereadText(
  before: AnalysisResult,
  transcript: Transcript,
  parts: AnalysisParts,
  signal: AbortSignal,
): Promise<Evidence[]> {
  const known = new Map(
    before.evidence.flatMap((e) =>
      e.modality === 'text' && e.utteranceId ? [[e.utteranceId, e] as const] : [],
    ),
  );
  const itemsBefore = new Map(
    textItems(before.transcript).map(({ utterance, item }) => [utterance.id, item]),
  );
  const said = textItems(transcript).map(({ utterance, item }) => {
    const evidence = known.get(utterance.id);
    const valid = evidence && same(item, itemsBefore.get(utterance.id));
    return { utterance, item, evidence: valid ? evidence : undefined };
  });
  const changed = said.filter(({ evidence }) => !evidence);
  const answers = await readItems(
    changed.map(({ item }) => item),
    parts,
    signal,
  );
  const read = new Map(changed.map(({ utterance }, i) => [utterance.id, answers[i]!]));
  return said.map(({ utterance, evidence }) => {
    const answer = read.get(utterance.id);
    return answer ? textEvidence(utterance, answer) : placed(evidence!, utterance);
  });
}

/** The same reading where its utterance is now, and whose it is. */
function placed(e: Evidence, { startMs, endMs, speakerId }: Transcript['utterances'][number]): Evidence {
  const { span } = e;
  if (span.startMs === startMs && span.endMs === endMs && e.speakerId === speakerId) return e;
  return { ...e, span: { startMs, endMs }, speakerId };
}
