/** What `check-exports` is asked, apart from its work, so that --help does not wait for TensorFlow. */
import type { ExportFormat } from '../contract/index.ts';

/** The formats that have a runtime in Python; the app itself runs the others. */
export const IN_PYTHON: readonly ExportFormat[] = ['onnx', 'pytorch', 'keras', 'savedmodel', 'safetensors'];

export type CheckExportsFlags = {
  formats: readonly ExportFormat[];
  subjects?: readonly string[];
  venv?: string;
  make: boolean;
};
