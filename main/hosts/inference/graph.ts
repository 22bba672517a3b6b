/** A loaded graph as the task groups see it; onnxruntime itself stays in ort.ts. */

/** A dense tensor: row-major data and its shape. `bool` is a Uint8Array of 0 and 1. */
export interface GraphTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
}
export type GraphTensors = Readonly<Record<string, GraphTensor>>;

export interface GraphSession {
  run(feeds: GraphTensors): Promise<Record<string, GraphTensor>>;
  release(): Promise<void>;
}
