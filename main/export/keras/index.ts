import type { Exporter } from '../exporter.ts';

export const keras: Exporter = {
  files() {
    throw new Error('not made yet');
  },
};
