/** A graph as models/speech and models/speakers run it: under one call's signal. */
import type { Run } from '#models/tensor.ts';
import type { RunGraph } from './graph-store.ts';

export const asRun =
  (graph: RunGraph, signal: AbortSignal): Run =>
  (feeds) =>
    graph(feeds, signal);
