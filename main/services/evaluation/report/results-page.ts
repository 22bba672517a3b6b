/** docs/models/RESULTS.md. */
import { EVALUATION_TASKS, type EvaluationResults, type Section } from '../figure.ts';
import { DRAWS } from '../make-figure.ts';
import { figureTables, goalTable } from './tables.ts';

const TITLES = { text: 'Text', voice: 'Voice', face: 'Face', fusion: 'Fusion' } as const;

export function resultsPage({ sections }: EvaluationResults): string {
  const present = EVALUATION_TASKS.flatMap((task) => sections.filter((s) => s.task === task));
  return `# Results

Written by \`npm run attune -- evaluate\`, which measures again every figure of the text, voice, face and fusion models that needs no training, from the research data beside the repository (\`../shared/data\`), through the app's own
path: the shipped weights in the inference host and the services behind \`attune predict\`. Nothing here is typed by hand; \`results.json\` holds the same figures for programs.

Brackets hold the 95 % interval by percentile bootstrap (${DRAWS.whole.toLocaleString('en')} draws, fixed seed): over rows, or over speakers or dialogues where \`n\` says so. Draws of the calibration
error, which sampling makes larger, are moved so that their mean is the figure. *Held out*: the corpus was
trained on, these rows were not. *Tuned on*: a threshold, a temperature or a checkpoint was chosen on these rows, so the figure flatters. Figures with a command beside them need training
again and come from the recipe. Sets kept elsewhere were not seen.

${present.map(sectionText).join('\n')}`;
}

function sectionText(section: Section): string {
  const quick = section.quick ? `\n**A quick run on samples, ${DRAWS.quick} draws: not for quoting.**\n` : '';
  return `## ${TITLES[section.task]}

Weights: ${section.weights.map((w) => `\`${w}\``).join(', ')}.
${quick}
${goalTable(section)}

${figureTables(section, '###')}
${section.notes.map((n) => `* ${n}`).join('\n')}
`;
}
