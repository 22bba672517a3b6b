/** The sample session: a synthetic talk that comes along, so that a first start has something to show. */
import path from 'node:path';
import { unpackedFolder } from '#main/platform/program-folder.ts';

/** Written for the talk: the client speaks on the right channel and is the one in the picture. */
export const SAMPLE_SETTINGS = { onCamera: 's2' };
export const SAMPLE_TITLE = 'Sample: a made-up talk';

export const samplePath = (): string => path.join(unpackedFolder(), 'assets', 'sample', 'talk.webm');
