/** One analysis with a stop-watch on every stage. */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { analysisSettings } from '#contract/analysis/settings.ts';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { Engine } from '#main/engine.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { analyse } from '#main/services/analysis/analyse.ts';
import { hashOf } from '#main/services/analysis/hash-of.ts';
import { SourceFile } from '#main/services/library/source-file.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { MemoryWatch, type PeakMemory } from './memory.ts';

export interface TimedAnalysis {
  result: AnalysisResult;
  durationS: number;
  wallS: number;
  stageS: Record<string, number>;
  memory: PeakMemory;
}

export async function timedAnalysis(
  file: string,
  engine: Engine,
  signal: AbortSignal = new AbortController().signal,
): Promise<TimedAnalysis> {
  const stageS: Record<string, number> = {};
  const context: WorkContext = {
    signal,
    holds: () => undefined,
    stage(name) {
      const from = performance.now();
      const end = (): void => void (stageS[name] ??= (performance.now() - from) / 1000);
      return { progress: () => undefined, done: end, reused: end, skipped: end };
    },
  };
  const input = { kind: 'file', path: file } as const;
  const info = await engine.media.probe(input);
  const source = await SourceFile.open(file);
  const sha256 = await hashOf(source, signal);
  const { bytes } = source;
  await source.close();
  const watch = new MemoryWatch();
  const from = performance.now();
  try {
    const result = await analyse(
      {
        input,
        source: { name: path.basename(file), bytes, sha256 },
        info,
        settings: analysisSettings.parse({}),
        imported: null,
        notices: [],
      },
      { ...engine, cache: new MemoryStageCache() },
      context,
    );
    const wallS = (performance.now() - from) / 1000;
    return { result, durationS: info.durationMs / 1000, wallS, stageS, memory: watch.stop() };
  } finally {
    watch.stop();
  }
}
