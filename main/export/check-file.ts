/** check.json: inputs, and the outputs that the app computed, to compare another program's with. */
import { z } from 'zod';
import type { Numbers } from '../layers/index.ts';
import type { ExportedNetwork, ExportSubject } from './exporter.ts';
import { channelsFirst } from './numbers.ts';

/** The largest difference that an export may have from the app's own numbers. */
export const TOLERANCE = 1e-4;

const numbersSchema = z.object({ shape: z.array(z.number().int()), values: z.array(z.number()) });
const checkFileSchema = z.object({
  /** NHWC: pictures are [rows, height, width, channels]; NCHW: [rows, channels, height, width]. */
  layout: z.enum(['NHWC', 'NCHW']),
  tolerance: z.number(),
  networks: z.array(
    z.object({
      name: z.string(),
      /** Within the folder; a folder for formats that write one. */
      file: z.string(),
      inputs: z.record(z.string(), numbersSchema),
      outputs: z.record(z.string(), numbersSchema),
    }),
  ),
});
export type CheckFile = z.infer<typeof checkFileSchema>;

/** `fileOf`: where the folder holds a network. */
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

/** Throws ZodError or SyntaxError for text that is no such file. */
export const parseCheckFile = (text: string): CheckFile => checkFileSchema.parse(JSON.parse(text));
