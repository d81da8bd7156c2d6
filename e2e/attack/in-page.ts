/**
 * Code that runs in the page: it makes messages from their texts, sends all at once, and examines the
 * answers.
 */
import type { Answer } from '#main/contract/index.ts';
import { revived } from './strange-in-page.ts';

/** An answer: `code` is ok, the code of a failure, or one of the words below. */
export type Answered = {
  code: string;
  /** The message of the failure, or what is wrong with the answer. */
  message: string;
  milliseconds: number;
  /** Words of the bait that the answer holds. */
  leaked: string[];
  /** The output as JSON, if it was asked for. */
  output?: string;
};

/** Code for a message that never left the page, as it could not be made or cloned. */
export const NOT_SENT = 'not sent';
export const NO_ANSWER = 'no answer';
/** Code for an answer that does not have the form of the contract. */
export const MISSHAPEN = 'misshapen';

type Sent = { texts: string[]; words: string[]; deadline: number; wantsOutput?: boolean };

/** Sends all messages at once. */
export function sendAll({ texts, ...how }: Sent): Promise<Answered[]> {
  return Promise.all(texts.map((text) => send(text, how)));
}

async function send(
  text: string,
  { words, deadline, wantsOutput = false }: Omit<Sent, 'texts'>,
): Promise<Answered> {
  const begun = performance.now();
  const answered = (code: string, message: string, leaked: string[] = []) => ({
    code,
    message: message.slice(0, 400),
    milliseconds: Math.round(performance.now() - begun),
    leaked,
  });
  try {
    const message = revived(JSON.parse(text));
    const answer = await Promise.race([window.studio.request(message as never), waiting(deadline)]);
    if (performance.now() - begun >= deadline) return answered(NO_ANSWER, `none in ${deadline} ms`);
    const found = failureOf(answer as Answer);
    const whole = textIn(answer);
    const leaked = words.filter((word) => whole.includes(word));
    const wanted = wantsOutput && answer?.ok ? { output: textIn(answer.output) } : {};
    return { ...answered(found.code, found.message, leaked), ...wanted };
  } catch (error) {
    return answered(NOT_SENT, String(error));
  }
}

function waiting(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds);
  });
}

function textIn(answer: unknown): string {
  const readable = (_: string, value: unknown) =>
    ArrayBuffer.isView(value)
      ? new TextDecoder('latin1').decode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      : value;
  return JSON.stringify(answer, readable) ?? '';
}

function failureOf(answer: Answer): { code: string; message: string } {
  if (answer?.ok) return { code: 'ok', message: '' };
  const { code, message, remedy } = answer?.failure ?? {};
  const isWhole = [code, message, remedy].every((part) => typeof part === 'string' && part.length > 1);
  return isWhole
    ? { code: code!, message: message! }
    : { code: MISSHAPEN, message: JSON.stringify(answer) ?? 'undefined' };
}
