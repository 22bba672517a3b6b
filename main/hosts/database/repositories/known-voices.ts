/** Voices that a person had remembered. */
import type { Connection } from '../connection.ts';
import type { StoredVoice } from '../tasks.ts';

interface Row {
  id: string;
  participant: string;
  name: string;
  kept_at: string;
  speech_ms: number;
  model: string;
  voice: Uint8Array;
}

const SELECT = `SELECT known_voices.id, pseudonym AS participant, name, kept_at, speech_ms, model, voice
  FROM known_voices JOIN participants ON participants.id = participant_id`;

export class KnownVoices {
  private readonly all;
  private readonly ofParticipant;
  private readonly put;
  private readonly delete;

  constructor(db: Connection) {
    this.all = db.prepare<[], Row>(`${SELECT} ORDER BY pseudonym, name`);
    this.ofParticipant = db.prepare<[string], Row>(`${SELECT} WHERE pseudonym = ? ORDER BY name`);
    this.put = db.prepare<[string, string, string, string, number, string, Buffer], { id: string }>(
      `INSERT INTO known_voices (id, participant_id, name, kept_at, speech_ms, model, voice)
         VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (participant_id, name) DO UPDATE SET kept_at = excluded.kept_at,
         speech_ms = excluded.speech_ms, model = excluded.model, voice = excluded.voice
       RETURNING id`,
    );
    this.delete = db.prepare('DELETE FROM known_voices WHERE id = ?');
  }

  list(): StoredVoice[] {
    return this.all.all().map(stored);
  }

  of(participant: string): StoredVoice[] {
    return this.ofParticipant.all(participant).map(stored);
  }

  /** The id: where something was kept under that name, it is replaced and its id stays, for edits may name it. */
  keep(participantId: string, { known: { id, name, keptAt, speechMs }, model, values }: StoredVoice): string {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    return this.put.get(id, participantId, name, keptAt, speechMs, model, bytes)!.id;
  }

  /** False where it was gone already. */
  forget(id: string): boolean {
    return this.delete.run(id).changes > 0;
  }
}

const stored = ({ id, participant, name, kept_at, speech_ms, model, voice }: Row): StoredVoice => ({
  known: { id, participant, name, keptAt: kept_at, speechMs: speech_ms },
  model,
  // A copy of its own, so that it begins where floats may.
  values: new Float32Array(Uint8Array.from(voice).buffer),
});
