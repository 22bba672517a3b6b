/** docs/models/SPEED.md. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { InstalledModel } from '#main/platform/weights.ts';
import { table } from '#main/services/evaluation/report/numbers.ts';
import type { Speed } from './speed.ts';

/** `variants.json` beside the weights: what a recipe found when it compared the same net stored in several ways. */
const compared = z.object({
  weights: z.string(),
  part: z.string(),
  variants: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      milliseconds: z.number(),
      figures: z.record(z.string(), z.number()),
    }),
  ),
});

const MB = 1_000_000;
const mb = (bytes: number): string => `${(bytes / MB).toFixed(2)} MB`;
const ms = (x: number): string => `${x.toFixed(1)} ms`;
const share = (x: number): string => x.toFixed(3);

export async function speedPage(
  models: readonly InstalledModel[],
  speeds: readonly Speed[],
): Promise<string> {
  const files = models.flatMap(({ manifest: { id, source, files: own } }) =>
    own.map(({ path: name, bytes }) => [id, source.kind, path.basename(name), mb(bytes)]),
  );
  const shipped = models
    .filter(({ manifest }) => manifest.source.kind === 'shipped')
    .flatMap(({ manifest }) => manifest.files);
  const total = shipped.reduce((sum, { bytes }) => sum + bytes, 0);
  return `# Size and speed

Printed by \`npm run bench -- weights\`; nothing here is typed by hand. Machine: ${os.availableParallelism()} cores, ${os.cpus()[0]?.model ?? 'unknown'}, load ${os.loadavg()[0]!.toFixed(1)}
while measuring${os.loadavg()[0]! > 1.5 ? ' (not a quiet machine: the times are too long)' : ''}.

## Bytes

${table(['model', 'source', 'file', 'size'], files)}

All shipped weights together, those of packages apart: **${mb(total)}** (goal: under 80 MB).

## Time

Medians in the inference host, the way to it and pre- and post-processing included.

${table(['', 'goal on 2 threads', ...speeds.map(({ threads }) => `${threads} thread${threads > 1 ? 's' : ''}`)], times(speeds))}

## Stored in several ways

${await variants(models)}
`;
}

function times(speeds: readonly Speed[]): string[][] {
  const row = (name: string, goal: string, of: (s: Speed) => string): string[] => [
    name,
    goal,
    ...speeds.map(of),
  ];
  return [
    row('text, one utterance', 'under 6 ms', (s) => ms(s.textMs)),
    row('text, with six utterances before it', '', (s) => ms(s.talkMs)),
    row('face, one crop', 'under 8 ms', (s) => ms(s.faceMs)),
    row('face, frame of 640 x 360: found and read', '', (s) => ms(s.frameMs)),
    row('voice, x real time', '', (s) => share(s.voiceOfRealTime)),
    row('voice beyond the recogniser’s encoder, x real time', 'under .03', (s) =>
      share(s.voiceOfRealTime - s.encoderOfRealTime),
    ),
    row('voice, one utterance read against fifteen others', '', (s) => ms(s.baselineMs)),
    row('speakers: voices of every window, x real time', '', (s) => share(s.speakersOfRealTime)),
    row('overlapping speech, x real time', '', (s) => share(s.overlapsOfRealTime)),
  ];
}

async function variants(models: readonly InstalledModel[]): Promise<string> {
  const parts: string[] = [];
  for (const { manifest, folder } of models) {
    const text = await readFile(path.join(folder, 'variants.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    const found = compared.parse(JSON.parse(text));
    if (!manifest.files.some(({ sha256 }) => sha256 === found.weights))
      throw new Error(`variants.json of ${manifest.id} was made for other weights`);
    const metrics = Object.keys(found.variants[0]!.figures);
    const rows = found.variants.map(({ name, bytes, milliseconds, figures }) => [
      name,
      mb(bytes),
      ms(milliseconds),
      ...metrics.map((metric) => figures[metric]!.toFixed(4)),
    ]);
    parts.push(
      `**${manifest.id}** (${found.part}; one item, one thread)\n\n${table(['stored as', 'size', 'time', ...metrics], rows)}`,
    );
  }
  return `As the recipes compared them; int8 may cost at most one point.\n\n${parts.join('\n\n')}`;
}
