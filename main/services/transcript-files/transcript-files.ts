/** Transcripts as files: brought in for a recording, and given out in any format. */
import path from 'node:path';
import { AttuneError, toErrorData } from '#contract/errors.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { Loss, TranscriptFormat } from '#contract/transcript/formats.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { MAX_TRANSCRIPT_BYTES } from '#models/transcript/file/decode-text.ts';
import { lossesOf } from '#models/transcript/losses.ts';
import { writeTranscript, type WrittenTranscript } from '#models/transcript/write-transcript.ts';
import { importTranscript, type Imported } from '../analysis/imported-transcript.ts';
import type { LibraryService } from '../library/library-service.ts';
import { readSmallFile, readSmallUpload } from '../library/read-small-file.ts';
import type { Uploads } from '../library/uploads.ts';
import type { TranscriptService } from '../transcript/transcript-service.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';

export interface TranscriptFilesParts {
  workspace: WorkspaceService;
  library: LibraryService;
  uploads: Uploads;
  transcripts: TranscriptService;
}

export class TranscriptFiles {
  private readonly parts: TranscriptFilesParts;

  constructor(parts: TranscriptFilesParts) {
    this.parts = parts;
  }

  /** Throws 'file-…', 'transcript-not-recognised' or 'transcript-invalid'; then the recording's transcript is what it was. */
  async bring(recordingId: string, source: ImportSource): Promise<Imported> {
    const { workspace, library, uploads } = this.parts;
    const { media } = await library.recording(recordingId);
    const [name, bytes] =
      source.kind === 'path'
        ? [path.basename(source.path), await readSmallFile(source.path, MAX_TRANSCRIPT_BYTES)]
        : [
            source.name,
            await readSmallUpload(
              workspace.opened(),
              uploads.take(source.uploadId).staged,
              MAX_TRANSCRIPT_BYTES,
            ),
          ];
    return importTranscript(name, bytes, media.durationMs);
  }

  /** What the file would not hold. Writes nothing. */
  async losses(recordingId: string, format: TranscriptFormat): Promise<Loss[]> {
    return lossesOf(await this.transcript(recordingId), format);
  }

  /** `name` is the recording's, with the format's ending. */
  async file(recordingId: string, format: TranscriptFormat): Promise<WrittenTranscript & { name: string }> {
    const { name } = await this.parts.library.recording(recordingId);
    const written = writeTranscript(await this.transcript(recordingId), format);
    return { ...written, name: `${path.parse(name).name}${written.ending}` };
  }

  /** As the session shows it: corrected, the result's, or the one that was brought in and not analysed yet. */
  private async transcript(recordingId: string): Promise<Transcript> {
    const { library, transcripts } = this.parts;
    const current = await transcripts.current(recordingId);
    if (current) return current.transcript;
    const found = await library.result(recordingId).then(
      (result) => result.transcript,
      async (thrown: unknown) => {
        if (toErrorData(thrown).code !== 'analysis-none') throw thrown;
        return await library.transcript(recordingId);
      },
    );
    if (found !== null && found.utterances.length > 0) return found;
    throw new AttuneError('analysis-none', 'There are no words to export.', {
      remedy: 'Analyse the recording, or give it a transcript.',
    });
  }
}
