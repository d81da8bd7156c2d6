/**
 * The formats that a trained generator can be taken away in: command line, page and exporters go by this
 * table.
 */

type FormatEntry = {
  label: string;
  summary: string;
  /** What lies in the folder, in a few words each. */
  contents: readonly { name: string; text: string }[];
};

export const EXPORT_FORMATS = {
  tfjs: {
    label: 'TensorFlow.js',
    summary:
      'A new folder with all that a web page, a game or a Node program needs to make pictures with this generator.',
    contents: [
      { name: 'Model', text: 'its layers and its input, z' },
      { name: 'Weights', text: 'the averaged weights of G' },
      { name: 'README', text: 'how to load it, its inputs and its outputs' },
      { name: 'Example', text: 'a page that runs as it is' },
    ],
  },
} as const satisfies Record<string, FormatEntry>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as [ExportFormat, ...ExportFormat[]];
