/** Faces: finding them in frames, and reading them. */
import type { Reading } from '#contract/emotion/evidence.ts';
import { describeAppearance } from '#models/face/appearance.ts';
import { cropFace, cropPicture, cropWhole, prepareEmotion } from '#models/face/crop.ts';
import type { FaceCrop } from '#models/face/crop.ts';
import { prepareDetection } from '#models/face/detect-prepare.ts';
import { readDetections } from '#models/face/detect-read.ts';
import type { FaceDetection } from '#models/face/detect-read.ts';
import { readEmotion } from '#models/face/emotion-read.ts';
import type { Frame } from '#models/face/frame.ts';
import { findInPicture } from '#models/face/margin.ts';
import { parseDetectorSettings, parseEmotionSettings } from '#models/face/settings.ts';
import { floatOutput, floats } from '#models/tensor.ts';
import type { TaskHandlers } from '../serve.ts';
import type { GraphStore } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { FaceObservation, InferenceTasks } from './tasks.ts';

export interface FaceGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'face.find' | 'face.readCropped'>;
  loadDetector: () => Promise<unknown>;
  loadEmotion: () => Promise<unknown>;
}

type FindFaces = (frame: Frame, signal: AbortSignal) => Promise<FaceDetection[]>;
type ReadFace = (crop: FaceCrop, signal: AbortSignal) => Promise<Reading>;

/** A crowd is cut to its surest faces. */
const MOST_FACES = 16;

export function faceGroup(models: ModelSet, graphs: GraphStore): FaceGroup {
  const detector = once(async (): Promise<FindFaces> => {
    const model = models.of('face-detection');
    const settings = parseDetectorSettings(model.manifest.settings);
    const { data, dims } = prepareDetection(goldenFrame(settings.shortestLongSidePx), settings);
    const golden = { [settings.inputName]: floats(data, dims) };
    const run = await graphs.open({ model, role: 'model', golden });
    return async (frame, signal) => {
      const input = prepareDetection(frame, settings);
      const feeds = { [settings.inputName]: floats(input.data, input.dims) };
      const outputs = Object.entries(await run(feeds, signal));
      const values = Object.fromEntries(outputs.map(([name, { data }]) => [name, data as Float32Array]));
      return readDetections(values, input, settings).slice(0, MOST_FACES);
    };
  });

  const emotion = once(async () => {
    const model = models.of('face-emotion');
    const settings = parseEmotionSettings(model.manifest.settings);
    const feedsOf = (crop: FaceCrop): Parameters<typeof run>[0] => {
      const { data, dims } = prepareEmotion([crop], settings);
      return { [settings.inputName]: floats(data, dims) };
    };
    const golden = feedsOf(cropWhole(goldenFrame(2 * settings.sidePx), settings));
    const run = await graphs.open({ model, role: 'model', golden });
    // One face a run, so that a face's numbers don't depend on who else is in the picture.
    const read: ReadFace = async (crop, signal) => {
      const logits = floatOutput(await run(feedsOf(crop), signal), settings.outputName);
      return readEmotion(logits, [crop], settings)[0]!;
    };
    return { settings, read };
  });

  return {
    loadDetector: detector,
    loadEmotion: emotion,
    handlers: {
      async 'face.find'({ frames }, { signal }) {
        const [find, { settings, read }] = [await detector(), await emotion()];
        const faces: FaceObservation[][] = [];
        for (const frame of frames) {
          const observed: FaceObservation[] = [];
          for (const found of await find(frame, signal)) {
            const { x, y, width, height, score } = found;
            const points = found.points.flatMap((point) => [point.x, point.y]);
            const reading = await read(cropFace(frame, found, settings), signal);
            const appearance = describeAppearance(frame, found);
            observed.push({ x, y, width, height, points, score, appearance, reading });
          }
          faces.push(observed);
        }
        return { faces };
      },
      async 'face.readCropped'({ frames, align = false, facePx }, { signal }) {
        const { settings, read } = await emotion();
        const find = align ? await detector() : undefined;
        const readings: Reading[] = [];
        for (const frame of frames) {
          const crop = find
            ? cropPicture(frame, await findInPicture(frame, (wide) => find(wide, signal)), settings)
            : cropWhole(frame, settings, facePx);
          readings.push(await read(crop, signal));
        }
        return { readings };
      },
    },
  };
}

/** A fixed picture with shades and edges. */
function goldenFrame(sidePx: number): Frame {
  const rgb = Uint8Array.from({ length: sidePx * sidePx * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % sidePx;
    const y = Math.floor(i / 3 / sidePx);
    return (2 * x + 3 * y + ((x >> 3) ^ (y >> 3)) * 16 + (i % 3) * 20) & 255;
  });
  return { width: sidePx, height: sidePx, rgb };
}
