/** docs/models/SPEED.md. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { InstalledModel } from '#main/platform/weights.ts';
import { table } from '#main/services/evaluation/report/numbers.ts';
import type { Speed } from './speed.ts';

/** What a recipe found when it compared the same net stored in several ways; it stands in `crossvalidation.json`. */
const compared = z.object({
  variants: z
    .array(z.object({ name: z.string(), bytes: z.number(), figures: z.record(z.string(), z.number()) }))
    .default([]),
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

All shipped weights together: **${mb(total)}** (goal: under 80 MB).

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
  ];
}

async function variants(models: readonly InstalledModel[]): Promise<string> {
  const rows: string[][] = [];
  for (const { manifest, folder } of models) {
    const text = await readFile(path.join(folder, 'crossvalidation.json'), 'utf8').catch(() => '{}');
    for (const { name, bytes, figures } of compared.parse(JSON.parse(text)).variants)
      for (const [metric, value] of Object.entries(figures))
        rows.push([manifest.id, name, mb(bytes), metric, value.toFixed(4)]);
  }
  return rows.length === 0
    ? 'No recipe left a comparison beside its weights (`variants` in `crossvalidation.json`).'
    : `As the recipes compared them (int8 may cost at most one point).\n\n${table(['model', 'stored as', 'size', 'metric', 'value'], rows)}`;
}
