/** Transcripts that were brought in: which encrypted file holds a recording's. */
import type { Connection } from '../connection.ts';

export class Transcripts {
  private readonly byRecording;
  private readonly put;

  constructor(db: Connection) {
    this.byRecording = db.prepare<[string], { file_id: string }>(
      'SELECT file_id FROM transcripts WHERE recording_id = ?',
    );
    this.put = db.prepare(
      `INSERT INTO transcripts (recording_id, file_id) VALUES (?, ?)
       ON CONFLICT (recording_id) DO UPDATE SET file_id = excluded.file_id`,
    );
  }

  fileOf(recordingId: string): string | null {
    return this.byRecording.get(recordingId)?.file_id ?? null;
  }

  set(recordingId: string, fileId: string): void {
    this.put.run(recordingId, fileId);
  }
}
