/** What happens in a turn, in a plain sentence. */
import type { Player } from '../../state/lab.svelte.ts';

const WORDS: Record<Player, string> = {
  discriminator: 'D’s turn: it learns to tell the blue real points from the orange fakes. G waits.',
  generator: 'G’s turn: it learns to make fakes that lie further along the arrows. D waits.',
};

export function turnWords(turn: Player): string {
  return WORDS[turn];
}
