/** What `check-exports` is asked, apart from its work, so that --help does not wait for TensorFlow. */
import type { ExportFormat } from '../contract/index.ts';

/** The formats that have a runtime in Python. */
export const CHECKED_FORMATS = [
  'onnx',
  'pytorch',
  'keras',
  'savedmodel',
  'safetensors',
] as const satisfies readonly ExportFormat[];

export type CheckedFormat = (typeof CHECKED_FORMATS)[number];

export type CheckExportsFlags = {
  formats: readonly CheckedFormat[];
  subjects?: readonly string[];
  venv?: string;
  make: boolean;
};
