/** The readable summary that `attune analyze` prints. */
import type { AnalysisResult, Recognition } from '#contract/analysis/result.ts';
import type { Moment, SubjectSummary } from '#contract/analysis/summary.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';

const clock = (ms: number): string => {
  const s = Math.floor(ms / 1000);
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  const tail = `${String(m).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
};
const percent = (p: number): string => `${Math.round(100 * p)} %`;
const signed = (v: number): string => `${v < 0 ? '−' : '+'}${Math.abs(v).toFixed(2)}`;

function subjectLines(s: SubjectSummary, label: string): string[] {
  const shares = CATEGORIES.map((c, i) => ({ c, share: s.shares[i]! }))
    .filter(({ share }) => share >= 0.01)
    .sort((a, b) => b.share - a.share)
    .map(({ c, share }) => `${c} ${percent(share)}`)
    .join(', ');
  const { valence, arousal } = s.dimensions;
  const sure = s.notSureShare < 1 ? `reads as ${shares}` : 'no reading was sure enough to name';
  return [
    `  ${label}: observed ${clock(s.observedMs)}, speaks ${clock(s.speechMs)}`,
    `    ${sure}; not sure for ${percent(s.notSureShare)} of the time`,
    ...(valence && arousal
      ? [
          `    valence ${signed(valence.mean)} ± ${valence.sd.toFixed(2)}, arousal ${signed(arousal.mean)} ± ${arousal.sd.toFixed(2)}`,
        ]
      : []),
  ];
}

function momentLine(m: Moment, label: string): string {
  const when = `  ${clock(m.startMs)}  ${label}`;
  switch (m.kind) {
    case 'strongest':
      return `${when} reads as ${m.category} (${percent(m.amount)})`;
    case 'valence-drop':
      return `${when}: valence falls by ${Math.abs(m.amount).toFixed(2)}`;
    case 'valence-rise':
      return `${when}: valence rises by ${m.amount.toFixed(2)}`;
    case 'disagreement':
      return `${when}: words, voice and face disagree (${m.amount.toFixed(2)} bit)`;
  }
}

const HOW = { chosen: 'chosen', detected: 'detected', assumed: 'taken for granted' } as const;

const recognitionLine = (r: Recognition): string => {
  const sure = r.languageProbability === null ? '' : ` at ${percent(r.languageProbability)}`;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return `  words by ${r.title}; language ${r.language}, ${HOW[r.languageFrom]}${sure}; ${seconds(r.tookMs)} for ${seconds(r.speechMs)} of speech`;
};

export function summaryText(result: AnalysisResult): string {
  const { summary } = result;
  const labelOf = new Map(result.subjects.map((s) => [s.id, s.label]));
  const label = (id: string): string => labelOf.get(id) ?? id;
  return [
    `${result.source.name}  (${clock(summary.durationMs)}, speech ${clock(summary.speechMs)}, ${summary.wordCount} words)`,
    ...(result.recognition ? [recognitionLine(result.recognition)] : []),
    ...summary.subjects.flatMap((s) => subjectLines(s, label(s.subjectId))),
    ...(summary.moments.length > 0 ? ['  Moments to look at first:'] : []),
    ...summary.moments.map((m) => `  ${momentLine(m, label(m.subjectId))}`),
    ...(result.notices.length > 0 ? ['  What to know:'] : []),
    ...result.notices.map((n) => `    ${n.message}`),
    '  Attune measures expression. It does not diagnose.',
    '',
  ].join('\n');
}
