/** A person's word that as many people speak as were told apart. No voice is heard again: told that number, the same turns are found. */
import type { AnalysisPatch } from '#contract/analysis/patch.ts';
import type { AnalysisResult, Notice } from '#contract/analysis/result.ts';
import { byVoiceNotice } from './tell-apart.ts';

/** What makes of a result the one that an analysis gives that is told how many people speak. */
export function confirmed({
  settings,
  transcript: { speakers, speakersFrom },
  subjects,
  notices,
  summary,
}: AnalysisResult): AnalysisPatch {
  const people = speakers.length;
  const alike = speakers.some((speaker) => speaker.alike);
  const answered = (notice: Notice): Notice[] => {
    if (notice.code === 'speaker-count-unsure') return [];
    if (notice.code !== 'speakers-by-voice') return [notice];
    // One person has nobody to be told apart from.
    return people > 1 ? [byVoiceNotice(people, people, alike)] : [];
  };
  return {
    settings: { ...settings, speakers: people },
    transcript: { utterances: [], events: [], speakers: null },
    speakersFrom,
    subjects,
    notices: notices.flatMap(answered),
    evidence: { put: [], removed: [] },
    fused: { put: [], removed: [] },
    tracks: [],
    summary,
  };
}
