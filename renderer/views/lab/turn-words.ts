/** What happens in a turn, in a plain sentence. */
import type { Player } from '../../state/lab.svelte.ts';

export const TURN_WORDS: Record<Player, { whose: string; what: string }> = {
  discriminator: {
    whose: 'D’s turn',
    what: 'it learns to tell the blue real points from the orange fakes. G waits.',
  },
  generator: {
    whose: 'G’s turn',
    what: 'it learns to make fakes that lie further along the arrows. D waits.',
  },
};
