// Types, floating promises, and who may import what (docs/architecture): every rule here is an error.
import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { boundaryRules, boundarySettings } from './scripts/lint/boundaries.js';

const nodeOnly = Object.keys(globals.node).filter((name) => !(name in globals['shared-node-browser']));
const browserOnly = Object.keys(globals.browser).filter(
  (name) => !(name in globals['shared-node-browser']) && !(name in globals.nodeBuiltin),
);
const off = (names, why) => names.map((name) => ({ name, message: why }));
const noNodeModules = {
  patterns: [{ regex: '^(node:|fs$|path$|os$|child_process$|crypto$)', message: 'No Node built-ins here.' }],
};
const connects = 'Attune connects to nothing by itself (docs/decisions/0009).';
const noConnections = {
  paths: [
    ...['https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises'].map((name) => ({
      name: `node:${name}`,
      message: connects,
    })),
    { name: 'node:http', importNames: ['request', 'get', 'default'], message: connects },
    { name: 'node:net', importNames: ['connect', 'createConnection', 'default'], message: connects },
  ],
};

export default ts.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      '.electron-runtime/',
      'tests/.artifacts/',
      'tests/e2e/renderer-only/',
      'models/recipes/.work/',
      'models/weights/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  ...svelte.configs.recommended,
  {
    plugins: { boundaries },
    settings: boundarySettings,
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            'scripts/*.mjs',
            'scripts/*/*.js',
            'scripts/*/*.mjs',
            'tools/*/*.mjs',
          ],
        },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      ...boundaryRules,
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers and booleans in messages are what template strings are for.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // process.env['X'] says that it may not be there.
      '@typescript-eslint/dot-notation': 'off',
      // `Record<string, never>` and index access under noUncheckedIndexedAccess make these two noise, not safety.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['main/**', 'tests/**', 'bench/**', 'scripts/**', 'tools/**', '*.{js,mjs,ts}'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    files: ['main/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...off(browserOnly, 'main has no DOM.'),
        ...off(['fetch', 'WebSocket', 'EventSource'], connects),
      ],
    },
  },
  {
    // The one place that does, when a person says so.
    files: ['main/**', 'preload/**'],
    ignores: ['main/services/models/download/request.ts'],
    rules: { 'no-restricted-imports': ['error', noConnections] },
  },
  {
    files: ['models/**', 'contract/**'],
    ignores: ['models/recipes/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...off([...nodeOnly, ...browserOnly], 'Pure TypeScript: neither Node nor DOM.'),
      ],
      'no-restricted-imports': ['error', noNodeModules],
    },
  },
  {
    files: ['renderer/**'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-restricted-globals': ['error', ...off(nodeOnly, 'The renderer has no Node.')],
      'no-restricted-imports': ['error', noNodeModules],
      // Declared by TypeScript's own DOM library, which knows types as well.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  {
    // The raw channel is used in these two places only; everybody else goes through the typed table.
    files: ['main/**', 'preload/**', 'renderer/**'],
    ignores: ['main/ipc/electron.ts', 'preload/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportSpecifier[imported.name=/^ipc(Main|Renderer)$/]',
          message: 'Use the method table (contract/methods).',
        },
      ],
    },
  },
  {
    files: ['main/cli.ts', 'main/cli/**', 'bench/**', 'tests/**', 'models/recipes/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Plain Node without a type checker's project: scripts run before anything is installed.
    files: ['**/*.{js,mjs}'],
    ...ts.configs.disableTypeChecked,
    rules: { ...ts.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
  {
    files: ['tests/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
