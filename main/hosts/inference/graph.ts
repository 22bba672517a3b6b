/** A loaded graph as the task groups see it; onnxruntime itself stays in ort.ts. */
import type { Run } from '#models/tensor.ts';

export interface GraphSession {
  run: Run;
  release(): Promise<void>;
}
