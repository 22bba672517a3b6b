/** The system's dialogs for what is brought in: recordings, files of texts and models. */
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { TEXTS_ENDINGS } from '#contract/texts/preview.ts';

const EXTENSIONS =
  'mp4 mov mkv webm avi m4v mpg mpeg 3gp wmv wav mp3 m4a aac flac ogg opus wma amr gsm aif aiff ulaw alaw'.split(
    ' ',
  );

export async function chooseFiles(window: BrowserWindow | null): Promise<string[]> {
  const options = {
    properties: ['openFile' as const, 'multiSelections' as const],
    filters: [
      { name: 'Audio, video, texts', extensions: [...EXTENSIONS, ...TEXTS_ENDINGS] },
      // Whether it is a recording is for ffprobe to say, not for its name.
      { name: '*', extensions: ['*'] },
    ],
  };
  const chosen = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return chosen.canceled ? [] : chosen.filePaths;
}

/** The system's dialog for the folder of a model. */
export async function chooseFolder(window: BrowserWindow | null): Promise<string | null> {
  const options = { properties: ['openDirectory' as const] };
  const chosen = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}
