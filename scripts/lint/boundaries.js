// Who may import what, as eslint-plugin-boundaries reads it. The last policy that matches decides.
const folder = (category, pattern) => ({ category, pattern });

/** A file has one category: the first that matches, so the narrower folder comes first. */
const files = [
  folder('inference-host', 'main/hosts/inference/**'),
  folder('database-host', 'main/hosts/database/**'),
  folder('hosts', 'main/hosts/**'),
  folder('jobs', 'main/jobs/**'),
  folder('services', 'main/services/**'),
  folder('ipc', 'main/ipc/**'),
  folder('windows', 'main/windows/**'),
  folder('security', 'main/security/**'),
  folder('platform', 'main/platform/**'),
  folder('composition', 'main/**'),
  folder('contract', 'contract/**'),
  folder('recipes', 'models/recipes/**'),
  folder('models', 'models/**'),
  folder('preload', 'preload/**'),
  folder('renderer', 'renderer/**'),
  folder('tests', '{tests,bench}/**'),
  folder('tooling', '{scripts,tools}/**'),
  folder('tooling', '*.{js,ts,mjs}'),
];

const anyMain = [
  'inference-host',
  'database-host',
  'hosts',
  'jobs',
  'services',
  'ipc',
  'windows',
  'security',
  'platform',
  'composition',
];
const everything = [...anyMain, 'contract', 'models', 'recipes', 'preload', 'renderer', 'tests', 'tooling'];

const local = {
  contract: ['contract'],
  models: ['models', 'contract'],
  recipes: ['recipes', 'models', 'contract', ...anyMain],
  renderer: ['renderer', 'contract'],
  preload: ['preload', 'contract'],
  jobs: ['jobs', 'contract'],
  hosts: ['hosts', 'inference-host', 'database-host', 'contract', 'models', 'platform'],
  'inference-host': ['inference-host', 'hosts', 'contract', 'models', 'platform'],
  'database-host': ['database-host', 'hosts', 'contract', 'models', 'platform'],
  services: [
    'services',
    'jobs',
    'hosts',
    'inference-host',
    'database-host',
    'contract',
    'models',
    'platform',
  ],
  platform: ['platform', 'hosts', 'contract', 'models'],
  windows: ['windows', 'security', 'platform', 'contract'],
  security: ['security', 'platform', 'contract'],
  ipc: ['ipc', 'services', 'security', 'platform', 'contract'],
  composition: [...anyMain, 'contract', 'models'],
  tests: everything,
  tooling: everything,
};

const external = {
  contract: ['zod'],
  models: ['zod', 'fflate', 'sax', 'meyda', 'llama-tokenizer-js', '@huggingface/tokenizers'],
  renderer: ['svelte', 'svelte/**', 'bits-ui', 'bits-ui/**', 'uplot', 'uplot/**', 'zod'],
  preload: ['electron'],
  jobs: ['zod'],
  services: ['zod'],
  hosts: ['zod', 'electron', '@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe'],
  'inference-host': [
    'zod',
    'onnxruntime-node',
    'onnxruntime-common',
    '@huggingface/transformers',
    '@huggingface/tokenizers',
    'llama-tokenizer-js',
  ],
  'database-host': ['zod', 'better-sqlite3-multiple-ciphers'],
  platform: ['zod', 'electron'],
  windows: ['electron'],
  security: ['electron'],
  ipc: ['zod', 'electron', 'ws'],
  composition: ['zod', 'electron', 'ws'],
};

const nodeBuiltins = [...anyMain, 'recipes', 'tests', 'tooling'];

const policies = [
  ...Object.entries(local).map(([from, to]) => ({
    from: { file: { categories: from } },
    allow: { to: { file: { categories: to } } },
  })),
  ...Object.entries(external).map(([from, source]) => ({
    from: { file: { categories: from } },
    allow: { to: { module: { origin: 'external', source } } },
  })),
  ...nodeBuiltins.map((from) => ({
    from: { file: { categories: from } },
    allow: { to: { module: { origin: 'core' } } },
  })),
  ...['recipes', 'tests', 'tooling'].map((from) => ({
    from: { file: { categories: from } },
    allow: { to: { module: { origin: 'external' } } },
  })),
];

export const boundarySettings = {
  'boundaries/files': files,
  'boundaries/files-single-match': true,
  'boundaries/include': [
    'contract/**',
    'models/**',
    'main/**',
    'preload/**',
    'renderer/**',
    'tests/**',
    'bench/**',
    'scripts/**',
    'tools/**',
    '*.{js,ts}',
  ],
  'import/resolver': {
    typescript: {
      alwaysTryTypes: true,
      noWarnOnMultipleProjects: true,
      project: ['tsconfig.json', 'renderer/tsconfig.json'],
    },
  },
};

export const boundaryRules = {
  'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true, policies }],
  'boundaries/no-unknown-files': 'error',
};
