/** The folders of the command line; GAN_STUDIO_HOME moves those of the cache and the runs. */
import os from 'node:os';
import path from 'node:path';
import { thisProgram } from './this-program.ts';
import type { Folders } from '../folders.ts';

/** The built-in data sets and the network of metrics lie beside the bundle. */
export function defaultFolders(): Folders {
  const home = process.env['GAN_STUDIO_HOME'];
  return {
    cache: home ? path.join(home, 'cache') : path.join(userCache(), 'gan-studio'),
    builtIn: path.join(path.dirname(thisProgram()), 'datasets'),
    features: path.join(path.dirname(thisProgram()), 'features'),
    runs: home ? path.join(home, 'runs') : path.join(os.homedir(), 'GAN Studio'),
  };
}

function userCache(): string {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
  if (process.platform === 'win32')
    return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
  return process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
}
