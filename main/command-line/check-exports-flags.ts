/** The flags of `check-exports`, apart from its code, so that --help does not wait for TensorFlow. */
import type { ExportFormat } from '../contract/index.ts';

/** The formats that are loaded in Python; the others run only within the app. */
export const IN_PYTHON: readonly ExportFormat[] = ['onnx', 'pytorch', 'keras', 'savedmodel', 'safetensors'];

export type CheckExportsFlags = {
  formats: readonly ExportFormat[];
  subjects?: readonly string[];
  venv?: string;
  make: boolean;
};
