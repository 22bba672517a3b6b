/** Writes THIRD_PARTY_NOTICES.md: every package that ships with Attune and every model, with its licence text. Run: node scripts/notices.mjs */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const read = (file) => readFileSync(file, 'utf8');
const lock = JSON.parse(read(path.join(root, 'package-lock.json')));

/** What is bundled into the renderer is a development dependency to npm, but it ships. */
const BUNDLED = ['svelte', 'bits-ui', 'uplot'];
/** Nothing of these is in the installed program: helpers of installation, other platforms' programs, the pinned Node. */
const LEFT_OUT = /^(node-(linux|win)-x64|@types\/|onnxruntime-web$)/;

function licenceText(folder) {
  if (!existsSync(folder)) return null;
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(name));
  return file ? read(path.join(folder, file)).trim() : null;
}

const packages = Object.entries(lock.packages)
  .filter(([place]) => place.startsWith('node_modules/'))
  .map(([place, entry]) => ({ place, name: place.split('node_modules/').at(-1), ...entry }))
  .filter(({ name, dev }) => (!dev || BUNDLED.includes(name)) && !LEFT_OUT.test(name));

const seen = new Map();
for (const { place, name, version, license } of packages) {
  const text = licenceText(path.join(root, place));
  seen.set(`${name}@${version}`, { name, version, license: license ?? 'see its text', text });
}

const models = readdirSync(path.join(root, 'models/weights'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => path.join(root, 'models/weights', entry.name, 'manifest.json'))
  .filter(existsSync)
  .map((file) => JSON.parse(read(file)));

/** Packages with the same text share it. */
const byText = new Map();
for (const entry of [...seen.values()].sort((a, b) => a.name.localeCompare(b.name))) {
  const key = entry.text ?? `(${entry.license}; the package carries no text of it)`;
  byText.set(key, [...(byText.get(key) ?? []), entry]);
}

const lines = [
  '# Third-party notices',
  '',
  'Made by `node scripts/notices.mjs`. Attune itself is under the MIT licence (LICENSE). FFmpeg (through @ffmpeg-installer and',
  '@ffprobe-installer) is built with GPL parts, runs as a program of its own and is under the GPL version 3.',
  '',
  '## Models',
  '',
  ...models.map(
    (m) =>
      `* **${m.title}** (${m.id}@${m.version}), ${m.licence}${m.nonCommercial ? ', not for commercial use' : ''}. ${m.notice}`,
  ),
  '',
  '## Tables',
  '',
  '* What tells English from other languages (models/text/foreign-weights.json, CC BY-SA 4.0) was learned from the word frequencies of wordfreq (Robyn Speer, CC BY-SA 4.0), the words of stopwords-iso (MIT), GoEmotions (CC BY 4.0) and EmoBank (CC BY-SA 4.0).',
  '',
  '## Sample',
  '',
  '* The voices of the sample talk were synthesised with Flite (Carnegie Mellon University, BSD-like licence).',
  '',
  '## Packages',
  '',
];
for (const [text, entries] of byText) {
  lines.push(
    `### ${entries.map((e) => `${e.name} ${e.version} (${e.license})`).join(', ')}`,
    '',
    '```',
    text.replaceAll('```', "'''"),
    '```',
    '',
  );
}
writeFileSync(path.join(root, 'THIRD_PARTY_NOTICES.md'), `${lines.join('\n')}\n`);
console.log(`${seen.size} packages, ${models.length} models`);
