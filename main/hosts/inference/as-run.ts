/** A graph as models/speech and models/speakers run it: plain tensors in and out, under one call's signal. */
import type { PlainTensor, Run } from '#models/speech/session-run.ts';
import type { RunGraph } from './graph-store.ts';

export const asRun =
  (graph: RunGraph, signal: AbortSignal): Run =>
  async (feeds) =>
    (await graph(feeds, signal)) as Record<string, PlainTensor>;
