// @ts-check
/**
 * What goes into the installed app. The data sets lie beside the archive, and so does the network of metrics where
 * set-up could get it, with its licence; native code lies unpacked beside it too.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildFolder, projectRoot } from './entries.mjs';

const electron = JSON.parse(readFileSync(path.join(buildFolder, 'electron.json'), 'utf8'));

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'studio.gan.desktop',
  productName: 'GAN Studio',
  directories: { output: 'dist', buildResources: 'assets' },
  electronVersion: electron.version,
  electronDist: path.relative(projectRoot, electron.dist),
  npmRebuild: false,
  electronLanguages: ['en-US'],
  asar: true,
  asarUnpack: [
    'node_modules/@tensorflow/tfjs-node/{deps,lib}/**',
    'node_modules/@napi-rs/**',
    'node_modules/wasm-vips/**',
    'node_modules/libheif-js/**',
  ],
  files: [
    'package.json',
    'build/{electron,renderer}/**',
    '!**/*.{map,ts,mts,cts,md,markdown,flow}',
    '!node_modules/wasm-vips/lib/{vips.js,vips-es6.js,vips-node.mjs,vips-heif.wasm,vips-jxl.wasm,vips-resvg.wasm}',
    '!node_modules/libheif-js/{libheif,*.js,libheif-wasm/libheif-bundle.*}',
    '!node_modules/@tensorflow/tfjs-node/{binding,scripts,src,python,deps/include,build,binding.gyp}',
    '!node_modules/{core-js,regenerator-runtime,@types,@webgpu}/**',
    '!node_modules/@tensorflow/*/{src,benchmarks,wasm-out}',
    '!node_modules/@tensorflow/{tfjs,tfjs-core,tfjs-layers,tfjs-data,tfjs-converter,tfjs-backend-cpu,tfjs-backend-webgl}/dist/**',
    'node_modules/wasm-vips/THIRD-PARTY-NOTICES.md',
    'node_modules/@tensorflow/tfjs/dist/{tf.node.js,tf.min.js}',
    'node_modules/@tensorflow/{tfjs-core,tfjs-layers,tfjs-data,tfjs-converter,tfjs-backend-cpu,tfjs-backend-webgl}/dist/tf-*.node.js',
  ],
  afterPack({ appOutDir }) {
    rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
    return Promise.resolve();
  },
  extraResources: ['datasets', 'features']
    .filter((folder) => existsSync(path.join(buildFolder, folder)))
    .map((folder) => ({ from: `build/${folder}`, to: folder })),
  linux: {
    executableName: 'gan-studio',
    icon: 'assets/icon.png',
    category: 'Graphics',
    target: ['deb', 'AppImage'],
    maintainer: 'GAN Studio contributors',
  },
  mac: { icon: 'assets/icon.png', category: 'public.app-category.graphics-design', target: ['dmg'] },
  win: { icon: 'assets/icon.png', executableName: 'gan-studio', target: ['nsis'] },
  nsis: { oneClick: false, allowToChangeInstallationDirectory: true },
};
