import { appearanceDistance } from './appearance.ts';
import { assign } from './assignment.ts';
import { type Box, overlap } from './frame.ts';

export interface TrackedFace extends Box {
  /** From `describeAppearance`; without it place and size alone decide. */
  readonly appearance?: ArrayLike<number>;
}

interface Track {
  readonly id: string;
  box: Box;
  /** Movement of the middle, pixels a millisecond. */
  velocityX: number;
  velocityY: number;
  lastSeenMs: number;
  appearance: ArrayLike<number> | undefined;
}

/** A face that comes back within this time keeps its id. */
const LONGEST_LOSS_MS = 1200;
/** A movement is not carried on for longer than this. */
const LONGEST_PREDICTION_MS = 600;
/** Between two observations a face changes its size at most by this factor. */
const LARGEST_SIZE_RATIO = 1.8;
/** Colours that differ more than this are another person, or another shot. */
const LARGEST_APPEARANCE_DISTANCE = 0.28;
const VELOCITY_SHARE = 0.5;

/**
 * Gives each face of a recording an id that lasts through short losses, movement and crossings. Feed the frames in the order of
 * time. Each known face is moved on by its velocity; pairs are judged by distance, size, overlap and colours, and chosen together.
 */
export class FaceTracker {
  private tracks: Track[] = [];
  private count = 0;

  /** Returns the id of each face in `faces`, in order. */
  push(timeMs: number, faces: readonly TrackedFace[]): string[] {
    this.tracks = this.tracks.filter((track) => timeMs - track.lastSeenMs <= LONGEST_LOSS_MS);
    const columns = assign(faces.map((face) => this.tracks.map((track) => pairCost(track, face, timeMs))));
    const known = this.tracks;
    return faces.map((face, i) => {
      const track = known[columns[i]!];
      if (track) {
        follow(track, face, timeMs);
        return track.id;
      }
      this.count++;
      const id = `face-${this.count}`;
      this.tracks = [
        ...this.tracks,
        { id, box: boxOf(face), velocityX: 0, velocityY: 0, lastSeenMs: timeMs, appearance: face.appearance },
      ];
      return id;
    });
  }
}

function pairCost(track: Track, face: TrackedFace, timeMs: number): number {
  const gapMs = Math.max(0, timeMs - track.lastSeenMs);
  const movedMs = Math.min(gapMs, LONGEST_PREDICTION_MS);
  const shiftX = track.velocityX * movedMs;
  const shiftY = track.velocityY * movedMs;
  const predicted = { ...track.box, x: track.box.x + shiftX, y: track.box.y + shiftY };
  const size = Math.sqrt(area(track.box));
  const sizeRatio = Math.abs(Math.log(Math.sqrt(area(face)) / size));
  const distance = centreDistance(predicted, face) / size;
  const colours =
    track.appearance && face.appearance ? appearanceDistance(track.appearance, face.appearance) : 0;
  const reach = 0.7 + gapMs / 1000;
  if (!(distance <= reach && sizeRatio <= Math.log(LARGEST_SIZE_RATIO))) return Infinity;
  if (colours > LARGEST_APPEARANCE_DISTANCE) return Infinity;
  return distance + 0.5 * sizeRatio + 0.5 * (1 - overlap(predicted, face)) + 4 * colours;
}

function follow(track: Track, face: TrackedFace, timeMs: number): void {
  const gapMs = Math.max(1, timeMs - track.lastSeenMs);
  const before = centre(track.box);
  const now = centre(face);
  // After a loss the old velocity says little, so the new one counts fully.
  const share = gapMs > LONGEST_PREDICTION_MS ? 1 : VELOCITY_SHARE;
  track.velocityX += share * ((now.x - before.x) / gapMs - track.velocityX);
  track.velocityY += share * ((now.y - before.y) / gapMs - track.velocityY);
  track.box = boxOf(face);
  track.lastSeenMs = timeMs;
  track.appearance = face.appearance ?? track.appearance;
}

const boxOf = ({ x, y, width, height }: Box): Box => ({ x, y, width, height });
const area = (box: Box): number => Math.max(1, box.width * box.height);
const centre = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
function centreDistance(a: Box, b: Box): number {
  const from = centre(a);
  const to = centre(b);
  return Math.hypot(to.x - from.x, to.y - from.y);
}
