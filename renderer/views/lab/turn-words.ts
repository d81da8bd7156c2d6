/** What happens in a turn, in a plain sentence. */
import type { Player } from '../../state/lab.svelte.ts';

const WORDS: Record<Player, string> = {
  discriminator: 'D’s turn: D learns to tell the blue real points from the orange fakes, and what it says of the plane shifts. G waits.',
  generator: 'G’s turn: G’s weights move so that its fakes go along the arrows, where its loss is lower. D waits.',
};

export function turnWords(turn: Player): string {
  return WORDS[turn];
}
