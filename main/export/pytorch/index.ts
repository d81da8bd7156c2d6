import type { Exporter } from '../exporter.ts';

export const pytorch: Exporter = {
  files() {
    throw new Error('not made yet');
  },
};
