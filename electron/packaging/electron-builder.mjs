// @ts-check
/**
 * The configuration of electron-builder: what the installed app contains, for each system. The data sets lie
 * beside the archive, and so does the metrics' network, with its licence, if set-up could get it. On Linux
 * the command line and a Node for it lie there too. That Node cannot read the archive, so npm packages lie
 * unpacked, as native code has to anyway.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterPack } from './after-pack.mjs';
import { buildFolder, projectRoot } from './entries.mjs';
import { files as packages } from './linux/files.mjs';
import { debDepends, rpmRequires } from './linux/libraries.mjs';
import { signingOf } from './signing.mjs';

const electron = JSON.parse(readFileSync(path.join(buildFolder, 'electron.json'), 'utf8'));

/** What lies beside the archive, by its name in the build folder; on Linux the command line too. */
const BESIDE = ['datasets', 'features'];
const COMMAND_LINE = ['cli.cjs', 'decoder.cjs', 'export-check.cjs', 'shared', 'node', 'node-licence.txt'];

/** The exceptions that the app needs from macOS's hardened runtime; each line says why. */
const ENTITLEMENTS = 'assets/macos/entitlements.plist';

/**
 * Leaves out what ONNX Runtime brings for other systems and, on Linux, for other processors.
 * @param {NodeJS.Platform} platform
 */
function otherRuntimes(platform) {
  const folder = 'node_modules/onnxruntime-node/bin/napi-v6';
  const systems = ['darwin', 'linux', 'win32'].filter((system) => system !== platform);
  const processors =
    platform === 'linux' ? ['arm64', 'x64'].filter((processor) => processor !== process.arch) : [];
  return [
    ...systems.map((system) => `!${folder}/${system}/**`),
    ...processors.map((processor) => `!${folder}/${platform}/${processor}/**`),
  ];
}

/** The files of the project that go into the app on every system. */
const FILES = [
  'package.json',
  'build/{electron,renderer}/**',
  '!**/*.{map,ts,mts,cts,md,markdown,flow}',
  '!node_modules/wasm-vips/lib/{vips.js,vips-es6.js,vips-node.mjs,vips-heif.wasm,vips-jxl.wasm,vips-resvg.wasm}',
  '!node_modules/libheif-js/{libheif,*.js,libheif-wasm/libheif-bundle.*}',
  '!node_modules/@tensorflow/tfjs-node/{binding,scripts,src,python,deps/include,build,binding.gyp}',
  '!node_modules/onnxruntime-node/{lib,script}/**',
  '!node_modules/{adm-zip,global-agent}/**',
  '!node_modules/{core-js,regenerator-runtime,@types,@webgpu}/**',
  '!node_modules/@tensorflow/*/{src,benchmarks,wasm-out}',
  '!node_modules/@tensorflow/{tfjs,tfjs-core,tfjs-layers,tfjs-data,tfjs-converter,tfjs-backend-cpu,tfjs-backend-webgl}/dist/**',
  'node_modules/wasm-vips/THIRD-PARTY-NOTICES.md',
  'node_modules/@tensorflow/tfjs/dist/tf.node.js',
  'node_modules/@tensorflow/{tfjs-core,tfjs-layers,tfjs-data,tfjs-converter,tfjs-backend-cpu,tfjs-backend-webgl}/dist/tf-*.node.js',
];

/** @type {import('electron-builder').Configuration} */
const ALL_SYSTEMS = {
  appId: 'studio.gan.desktop',
  productName: 'GAN Studio',
  // electron-builder's .deb and .rpm name a homepage.
  ...(process.env['GAN_STUDIO_HOMEPAGE'] && {
    extraMetadata: { homepage: process.env['GAN_STUDIO_HOMEPAGE'] },
  }),
  directories: { output: 'dist', buildResources: 'assets' },
  electronVersion: electron.version,
  electronDist: path.relative(projectRoot, electron.dist),
  npmRebuild: false,
  electronLanguages: ['en-US'],
  asar: true,
  asarUnpack: ['node_modules/**'],
  files: FILES,
  afterPack,
  // The app does not update itself.
  publish: null,
  linux: {
    syncDesktopName: true,
    executableName: 'gan-studio',
    icon: 'assets/icon.png',
    category: 'Graphics;Science',
    synopsis: 'Train a generative adversarial network on your own pictures',
    target: ['deb', 'AppImage', 'rpm', 'tar.gz'],
    maintainer: 'GAN Studio contributors',
    artifactName: packages['tar.gz'],
  },
  deb: { artifactName: packages.deb, depends: debDepends },
  rpm: { artifactName: packages.rpm, depends: rpmRequires },
  appImage: { artifactName: packages.AppImage },
  mac: {
    icon: 'assets/icon.png',
    category: 'public.app-category.graphics-design',
    target: ['dmg'],
    artifactName: 'gan-studio-${version}-mac-${arch}.${ext}',
    hardenedRuntime: true,
    entitlements: ENTITLEMENTS,
    entitlementsInherit: ENTITLEMENTS,
  },
  dmg: { writeUpdateInfo: false },
  win: {
    icon: 'assets/icon.png',
    executableName: 'gan-studio',
    target: ['nsis'],
    artifactName: 'gan-studio-${version}-windows-${arch}.${ext}',
  },
  // Installed for one person, which needs no administrator.
  nsis: { oneClick: true, perMachine: false, packElevateHelper: false, differentialPackage: false },
};

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment may name a certificate to sign with: see signing.mjs
 * @returns {import('electron-builder').Configuration}
 */
export function configurationFor(platform, environment) {
  const { signed, notarized } = signingOf(platform, environment);
  return {
    ...ALL_SYSTEMS,
    files: [...FILES, ...otherRuntimes(platform)],
    // A certificate that cannot be used is an error.
    forceCodeSigning: signed,
    // Apple silicon runs no program without a signature; '-' signs ad hoc, without a certificate.
    mac: { ...ALL_SYSTEMS.mac, notarize: notarized, ...(!signed && { identity: '-' }) },
    extraResources: [...BESIDE, ...(platform === 'linux' ? COMMAND_LINE : [])]
      .filter((name) => existsSync(path.join(buildFolder, name)))
      .map((name) => ({ from: `build/${name}`, to: name })),
  };
}

export default configurationFor(process.platform, process.env);
