/** Short messages that come and go. */

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

  dismiss(id: number): void {
    this.shown = this.shown.filter((each) => each.id !== id);
  }
}
