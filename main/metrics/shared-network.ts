/** The trained network of this process, which is opened when it is first needed, and kept. */
import { openEfficientNet, type FeatureNetwork } from './efficientnet.ts';

const opened = new Map<string, FeatureNetwork>();

/**
 * The network whose weights lie in this folder; undefined if there are none. Throws a StudioError if they are
 * damaged.
 */
export function sharedEfficientNet(folder: string | undefined): FeatureNetwork | undefined {
  if (folder === undefined) return undefined;
  const network = opened.get(folder) ?? openEfficientNet(folder);
  if (network) opened.set(folder, network);
  return network;
}
