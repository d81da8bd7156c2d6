/** Short messages that come and go. */
import { toFailure } from '#main/contract/index.ts';

export type Tone = 'good' | 'plain' | 'danger';
export type Notice = { id: number; tone: Tone; text: string };

/** Milliseconds that a message stays. */
const STAY = 6000;

export class Notices {
  shown = $state.raw<Notice[]>([]);
  #next = 1;

  say(text: string, tone: Tone = 'plain'): void {
    const notice = { id: this.#next++, tone, text };
    this.shown = [...this.shown.filter((each) => each.text !== text), notice].slice(-3);
    setTimeout(() => this.dismiss(notice.id), STAY);
  }

  /**
   * Says where `save` saved a file, or why it failed; nothing if it resolves to undefined, as the person
   * cancelled.
   */
  async sayOfSaving(save: () => Promise<string | undefined>): Promise<void> {
    try {
      const saved = await save();
      if (saved !== undefined) this.say(`Saved as ${saved}.`, 'good');
    } catch (error) {
      const { message, remedy } = toFailure(error);
      this.say(`${message} ${remedy}`, 'danger');
    }
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((each) => each.id !== id);
  }
}
