/** Notes the answers to the messages of an attack: how many there were of each code, and what is wrong. */
import { COMMANDS } from '#main/contract/index.ts';
import { FAULTS } from './app-under-attack.ts';
import type { Answered } from './in-page.ts';

const MOST_FAULTS = 20;

export type AnswerTally = {
  seed: number;
  messages: number;
  seconds: number;
  /** How many answers there were of each code. */
  answers: Record<string, number>;
  /** Commands that never succeeded. */
  neverDone: string[];
  slowestMilliseconds: number;
  /** What is wrong, one example of each kind. */
  faults: string[];
};

export class NotedAnswers {
  private readonly seed: number;
  private readonly begun = Date.now();
  private readonly faults = new Map<string, string>();
  private readonly answers: Record<string, number> = {};
  private readonly succeeded = new Set<string>();
  private messages = 0;
  private slowestMilliseconds = 0;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Notes the answers to these messages. */
  take(texts: readonly string[], answered: readonly Answered[]): void {
    this.messages += texts.length;
    answered.forEach((answer, at) => this.takeOne(texts[at] ?? '', answer));
  }

  /** Notes a fault; the last one of each kind is kept. */
  fault(kind: string, words: string): void {
    this.faults.set(kind, words);
  }

  get tally(): AnswerTally {
    const { seed, messages, slowestMilliseconds } = this;
    return {
      seed,
      messages,
      seconds: Math.round((Date.now() - this.begun) / 1000),
      answers: Object.fromEntries(Object.entries(this.answers).sort(([, a], [, b]) => b - a)),
      neverDone: Object.keys(COMMANDS).filter((name) => !this.succeeded.has(name)),
      slowestMilliseconds,
      faults: [...this.faults.values()].slice(0, MOST_FAULTS),
    };
  }

  private takeOne(text: string, answer: Answered): void {
    if (answer.code === 'ok') this.succeeded.add(nameIn(text));
    this.answers[answer.code] = (this.answers[answer.code] ?? 0) + 1;
    this.slowestMilliseconds = Math.max(this.slowestMilliseconds, answer.milliseconds);
    const fault = faultOf(answer);
    if (fault !== undefined && !this.faults.has(fault))
      this.faults.set(fault, `${fault} <- ${text.slice(0, 600)}`);
  }
}

/** The command that a message names, or an empty text. */
const nameIn = (text: string): string => /^\{"name":"([^"]*)"/.exec(text)?.[1] ?? '';

function faultOf({ code, message, leaked }: Answered): string | undefined {
  if (leaked.length > 0) return `an answer holds ${leaked.join(', ')}`;
  return FAULTS.includes(code) ? `${code}: ${message}` : undefined;
}
