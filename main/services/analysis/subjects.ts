/** Who is who: speakers and faces as the people of the recording. A face is only taken for a speaker when there is one speaker. */
import type { FaceTrack, Notice, Subject } from '#contract/analysis/result.ts';
import type { Speaker } from '#contract/transcript/utterance.ts';

export interface People {
  subjects: Subject[];
  notices: Notice[];
}

/** `faces` in descending order of how long they are in view; `onCamera`: the speaker whom the person named as the first of them. */
export function whoIsWho(speakers: Speaker[], faces: FaceTrack[], onCamera: string | null): People {
  const spoken: Subject[] = speakers.map((s) => ({ id: s.id, label: s.label, speakerId: s.id, faceIds: [] }));
  const seen: Subject[] = faces.map((f, i) => ({
    id: f.id,
    label: `Face ${i + 1}`,
    speakerId: null,
    faceIds: [f.id],
  }));
  const [only] = spoken;
  const [longest, ...others] = seen;
  if (!only || !longest) return { subjects: [...spoken, ...seen], notices: [] };
  if (spoken.some((s) => s.id === onCamera)) {
    const linked = spoken.map((s) => (s.id === onCamera ? { ...s, faceIds: longest.faceIds } : s));
    return { subjects: [...linked, ...others], notices: [] };
  }
  if (spoken.length > 1)
    return {
      subjects: [...spoken, ...seen],
      notices: [
        {
          code: 'faces-not-linked',
          stage: 'face',
          message:
            'Several people speak, and which of them a face belongs to is not known: faces are shown beside the speakers.',
        },
      ],
    };
  return {
    subjects: [{ ...only, faceIds: longest.faceIds }, ...others],
    notices: [
      {
        code: 'face-owner-assumed',
        stage: 'face',
        message:
          'The face seen longest is taken for the speaker; with somebody else speaking off camera this would be wrong.',
      },
    ],
  };
}
