/** A Whisper model folder in the layout of the onnx-community exports: what of it is needed, and its numbers. */
import { z } from 'zod';
import { AttuneError } from '#contract/errors.ts';
import { whisperSettings, type WhisperSettings } from './settings.ts';

/** Graphs by what they are named for: the smallest that the CPU runs well first. Half precision is left to others: CPUs have no use for it. */
export const GRAPHS = ['_quantized', '_int8', '_uint8', '', '_q4'].map((precision) => ({
  encoder: `onnx/encoder_model${precision}.onnx`,
  decoder: `onnx/decoder_model_merged${precision}.onnx`,
  /** '' for 32 bit. */
  precision: precision.replace('_', ''),
}));

export const JSON_FILES = {
  config: 'config.json',
  generation: 'generation_config.json',
  preprocessor: 'preprocessor_config.json',
  tokenizer: 'tokenizer.json',
} as const;

export type WhisperFiles = (typeof GRAPHS)[number];

const missing = (what: string): AttuneError =>
  new AttuneError('model-missing', `This is no whole Whisper folder: ${what} is missing.`, {
    kept: 'Nothing was brought in.',
    remedy: 'A folder as onnx-community publishes it has config.json, tokenizer.json and the folder onnx.',
  });
const foreign = (why: string, cause?: unknown): AttuneError =>
  new AttuneError('model-incompatible', `This model can't be used: ${why}.`, {
    kept: 'Nothing was brought in.',
    remedy: 'Attune takes Whisper models in the layout that onnx-community publishes.',
    cause,
  });

/** Which of the folder's files to take. @param paths relative to the folder. @throws AttuneError 'model-missing', 'model-incompatible' */
export function whisperFiles(paths: readonly string[]): WhisperFiles {
  for (const name of Object.values(JSON_FILES)) if (!paths.includes(name)) throw missing(name);
  const there = (name: string): boolean => paths.includes(name);
  for (const graphs of GRAPHS) {
    const { encoder, decoder } = graphs;
    if (!there(encoder) || !there(decoder)) continue;
    if (there(`${encoder}_data`) || there(`${decoder}_data`))
      throw foreign(
        'its graphs keep their numbers in files of their own (.onnx_data); take the _quantized ones',
      );
    return graphs;
  }
  if (!paths.some((path) => /^onnx\/encoder_model[^/]*\.onnx$/.test(path)))
    throw missing('onnx/encoder_model_quantized.onnx');
  throw missing('onnx/decoder_model_merged_quantized.onnx, or the one that goes with the encoder,');
}

const token = z.number().int().nonnegative();
const configJson = z.object({
  _name_or_path: z.string().optional(),
  decoder_layers: z.number().int(),
  decoder_attention_heads: z.number().int(),
  d_model: z.number().int(),
  eos_token_id: token,
  decoder_start_token_id: token,
});
const generationJson = z.object({
  alignment_heads: z.array(z.tuple([token, token])).optional(),
  is_multilingual: z.boolean().optional(),
  lang_to_id: z.record(z.string(), token).optional(),
  task_to_id: z.record(z.string(), token).optional(),
  suppress_tokens: z.array(z.number().int()).nullish(),
  begin_suppress_tokens: z.array(z.number().int()).nullish(),
});
const preprocessorJson = z.object({
  feature_size: z.number().int(),
  sampling_rate: z.literal(16_000).default(16_000),
  n_fft: z.literal(400).default(400),
  hop_length: z.literal(160).default(160),
});
const tokenizerJson = z.object({ added_tokens: z.array(z.object({ id: token, content: z.string() })) });

export interface WhisperDescription {
  /** As its makers call it: "whisper-base". */
  name: string | null;
  /** BCP 47 tags. */
  languages: string[];
  settings: WhisperSettings;
}

/** @param files the four parsed JSON files. @throws AttuneError 'model-incompatible' */
export function describeWhisper(files: Record<keyof typeof JSON_FILES, unknown>): WhisperDescription {
  const type = z.object({ model_type: z.string() }).safeParse(files.config).data?.model_type;
  if (type !== 'whisper')
    throw foreign(
      `it is ${type === undefined ? 'no Whisper model' : `a ${type.slice(0, 40)} model, not Whisper`}`,
    );
  try {
    return described(files);
  } catch (cause) {
    throw foreign('its description lacks something that Whisper needs', cause);
  }
}

function described(files: Record<keyof typeof JSON_FILES, unknown>): WhisperDescription {
  const config = configJson.parse(files.config);
  const generation = generationJson.parse(files.generation);
  const { feature_size: melBands } = preprocessorJson.parse(files.preprocessor);
  const special = new Map(
    tokenizerJson.parse(files.tokenizer).added_tokens.map(({ id, content }) => [content, id]),
  );
  const named = (...names: string[]): number => {
    const found = names.map((name) => special.get(`<|${name}|>`)).find((id) => id !== undefined);
    if (found === undefined) throw new Error(`no token ${names[0]}`);
    return found;
  };
  const multilingual = generation.is_multilingual ?? generation.lang_to_id !== undefined;
  const languages = Object.entries(multilingual ? (generation.lang_to_id ?? {}) : {});
  const settings = whisperSettings.parse({
    melBands,
    layers: config.decoder_layers,
    heads: config.decoder_attention_heads,
    headSize: config.d_model / config.decoder_attention_heads,
    tokens: {
      start: config.decoder_start_token_id,
      end: config.eos_token_id,
      transcribe: generation.task_to_id?.['transcribe'] ?? named('transcribe'),
      noTimestamps: named('notimestamps'),
      noSpeech: named('nospeech', 'nocaptions'),
      previous: named('startofprev'),
      languages: Object.fromEntries(languages.map(([name, id]) => [name.replaceAll(/[<|>]/g, ''), id])),
    },
    suppressed: (generation.suppress_tokens ?? []).filter((id) => id >= 0),
    suppressedFirst: (generation.begin_suppress_tokens ?? []).filter((id) => id >= 0),
    alignmentHeads: generation.alignment_heads ?? [],
  });
  const known = Object.keys(settings.tokens.languages);
  return {
    name: config._name_or_path?.split('/').at(-1) ?? null,
    languages: known.length > 0 ? known : ['en'],
    settings,
  };
}
