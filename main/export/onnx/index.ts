import type { Exporter } from '../exporter.ts';

export const onnx: Exporter = {
  files() {
    throw new Error('not made yet');
  },
};
