/** Writes check.json: inputs, and the outputs that the app computed, to compare another program's with. */
import { TOLERANCE, type CheckFile } from '../export-checks/index.ts';
import type { Numbers } from '../layers/index.ts';
import type { ExportedNetwork, ExportSubject } from './exporter.ts';
import { channelsFirst } from './numbers.ts';

/** The text of check.json. `fileOf`: the path of a network within the folder. */
export function checkFile(
  { networks }: Pick<ExportSubject, 'networks'>,
  { layout, fileOf }: { layout: 'NHWC' | 'NCHW'; fileOf: (network: ExportedNetwork) => string },
): string {
  const plain = (all: Record<string, Numbers>) =>
    Object.fromEntries(
      Object.entries(all).map(([name, numbers]) => {
        const { shape, values } = layout === 'NCHW' ? channelsFirst(numbers) : numbers;
        return [name, { shape, values: Array.from(values) }];
      }),
    );
  const content: CheckFile = {
    layout,
    tolerance: TOLERANCE,
    networks: networks.map((one) => ({
      name: one.name,
      file: fileOf(one),
      inputs: plain(one.known.inputs),
      outputs: plain(one.known.outputs),
    })),
  };
  return `${JSON.stringify(content)}\n`;
}
