/** What comes along in the weight files besides weights. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installedModels, weightFilePath } from '#main/platform/weights.ts';

test('no shipped graph carries a path of the machine it was exported on', async () => {
  const shipped = (await installedModels()).filter(({ manifest }) => manifest.source.kind === 'shipped');
  const graphs = shipped.flatMap((model) =>
    model.manifest.files
      .filter((file) => file.path.endsWith('.onnx'))
      .map((file) => weightFilePath(model, file)),
  );
  expect(graphs.length).toBeGreaterThan(6);
  for (const graph of graphs) {
    const bytes = readFileSync(graph);
    for (const trace of ['File "', 'site-packages', '/home/', '/root/', '/Users/'])
      expect([graph, trace, bytes.includes(trace)]).toEqual([graph, trace, false]);
  }
});
