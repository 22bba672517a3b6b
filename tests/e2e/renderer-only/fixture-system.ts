/** Made-up answers of models.list and app.doctor, and a model that is being downloaded. */
import type { Job } from '#contract/jobs/job.ts';
import type { DoctorReport } from '#contract/system/doctor.ts';
import type { ModelStatus } from '#contract/system/models.ts';

const file = (bytes: number) => [{ role: 'model', path: 'model.onnx', bytes, sha256: 'ab'.repeat(32) }];

const model = (
  more: Pick<ModelStatus['manifest'], 'id' | 'task' | 'title'> & Partial<ModelStatus['manifest']>,
  status: Partial<ModelStatus> = {},
): ModelStatus => ({
  manifest: {
    version: '1.0.0',
    source: { kind: 'shipped' },
    files: file(12_400_000),
    licence: 'Apache-2.0',
    nonCommercial: false,
    notice: 'Fine-tuned by us; see its card.',
    languages: [],
    ...more,
  },
  state: 'ready',
  provider: 'cpu',
  refused: [],
  warmUpMs: 84,
  error: null,
  ...status,
});

export const fixtureModels: ModelStatus[] = [
  model({
    id: 'silero-vad',
    task: 'voice-activity',
    title: 'Silero VAD 6',
    licence: 'MIT',
    files: file(1_200_000),
  }),
  model({
    id: 'moonshine-tiny',
    task: 'speech-recognition',
    title: 'Moonshine tiny',
    licence: 'MIT',
    languages: ['en'],
    files: file(28_000_000),
    source: { kind: 'package', package: '@moonshine-ai/moonshine-js', version: '0.1.29' },
  }),
  model(
    {
      id: 'whisper-base',
      version: '507f89af84b1',
      task: 'speech-recognition-multilingual',
      title: 'Whisper base (12 languages, 8 bit)',
      licence: 'as its makers state',
      notice: 'Brought in on this machine. Its decoder says where it looks, so words get times.',
      languages: ['en', 'zh', 'de', 'es', 'ru', 'ko', 'fr', 'ja', 'pt', 'tr', 'pl', 'ca'],
      files: [
        { role: 'encoder', path: 'encoder_model_quantized.onnx', bytes: 22_532_371, sha256: 'cd'.repeat(32) },
        {
          role: 'decoder',
          path: 'decoder_model_merged_quantized.onnx',
          bytes: 52_840_068,
          sha256: 'ef'.repeat(32),
        },
      ],
      source: { kind: 'imported' },
    },
    { state: 'not-loaded', provider: null, warmUpMs: null },
  ),
  model(
    {
      id: 'text-emotion',
      task: 'text-emotion',
      title: 'Text emotion',
      languages: ['en'],
      files: file(23_000_000),
    },
    { refused: [{ provider: 'webgpu', reason: 'No supported adapters.' }], warmUpMs: 131 },
  ),
  model({
    id: 'voice-emotion',
    task: 'voice-emotion',
    title: 'Voice emotion',
    nonCommercial: true,
    licence: 'CC-BY-NC-SA-4.0',
    files: file(1_900_000),
  }),
  model({ id: 'yunet', task: 'face-detection', title: 'YuNet', files: file(230_000) }),
  model(
    { id: 'face-emotion', task: 'face-emotion', title: 'Face emotion', files: file(3_100_000) },
    { state: 'not-loaded', provider: null, warmUpMs: null },
  ),
];

export const fixtureDoctor: DoctorReport = {
  attune: '0.1.0',
  checks: [
    { name: 'Runtime', outcome: 'ok', detail: 'Node 24, linux x64' },
    { name: 'Processor', outcome: 'ok', detail: '2 cores' },
    { name: 'ffmpeg', outcome: 'ok', detail: 'N-47683 (2018), with Attune' },
    { name: 'WebGPU', outcome: 'warning', detail: 'No supported adapters: models run on the processor.' },
    { name: 'Keychain', outcome: 'warning', detail: 'Not available: a passphrase opens the workspace.' },
  ],
};

export const fixtureDownload: Job = {
  id: 'j2',
  kind: 'model',
  state: 'running',
  sessionId: null,
  recordingId: null,
  title: 'whisper-base_timestamped · models.example.org',
  stages: ['model-download', 'model-check', 'model-copy', 'model-try'].map((name, i) => ({
    name,
    state: i === 0 ? 'running' : 'waiting',
    fraction: i === 0 ? 0.42 : 0,
  })),
  fraction: 0.28,
  remainingMs: 84_000,
  heldBytes: 31_700_000,
  createdAt: '2026-01-15T10:00:00.000Z',
  startedAt: '2026-01-15T10:00:00.000Z',
  endedAt: null,
  error: null,
};
