import type { Exporter } from '../exporter.ts';

export const html: Exporter = {
  files() {
    throw new Error('not made yet');
  },
};
