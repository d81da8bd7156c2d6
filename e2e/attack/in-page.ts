/** What runs in the page: it makes each message of its text, sends all at once, and looks through the answers. */
import type { Answer } from '#main/contract/index.ts';

/** What came back: `code` is ok, the code of a failure, or one of the words below. */
export type Answered = {
  code: string;
  /** What was said, or why it is wrong. */
  message: string;
  milliseconds: number;
  /** Words of the bait that the answer holds. */
  leaked: string[];
  /** What was answered, as JSON, where it is asked for. */
  output?: string;
};

/** The message never left the page: its world refused it. */
export const NOT_SENT = 'not sent';
export const NO_ANSWER = 'no answer';
/** An answer in another form than the contract's. */
export const MISSHAPEN = 'misshapen';

type Sent = { texts: string[]; words: string[]; deadline: number; wantsOutput?: boolean };

/** For `page.evaluate`: it may name nothing outside of itself. */
export async function sendAll({ texts, words, deadline, wantsOutput = false }: Sent): Promise<Answered[]> {
  const cycle = (): unknown => {
    const one: Record<string, unknown> = { name: 'runs.list' };
    return Object.assign(one, { input: one, self: [one] });
  };
  const nested = (size: number, wrap: (inner: unknown) => unknown): unknown => {
    let value: unknown = 'inside';
    for (let depth = 0; depth < Math.min(size * 10, 20_000); depth++) value = wrap(value);
    return value;
  };
  const make: Record<string, (size: number) => unknown> = {
    'NaN': () => NaN,
    'Infinity': () => Infinity,
    '-Infinity': () => -Infinity,
    '-0': () => -0,
    'undefined': () => undefined,
    'bigint': () => 2n ** 70n,
    'symbol': () => Symbol('x'),
    'function': () => () => 'called',
    'promise': () => Promise.resolve('later'),
    'date': () => new Date(0),
    'invalid date': () => new Date(NaN),
    'regexp': () => /(a+)+$/,
    'error': () => new Error('x', { cause: 'y' }),
    'map': () => new Map([['name', 'x']]),
    'set': () => new Set(['x']),
    'weak map': () => new WeakMap(),
    'bytes': (size) => new Uint8Array(size),
    'floats': (size) => new Float32Array(size).fill(NaN),
    'buffer': (size) => new ArrayBuffer(size),
    'view': (size) => new DataView(new ArrayBuffer(size)),
    'shared buffer': (size) =>
      new WebAssembly.Memory({ initial: 1, maximum: 2 + size * 0, shared: true }).buffer,
    'blob': () => new Blob(['x']),
    'file': () => new File(['x'], '/etc/passwd'),
    'port': () => new MessageChannel().port1,
    'element': () => document.createElement('div'),
    'window': () => window,
    'canvas': () => new OffscreenCanvas(2, 2),
    'cycle': cycle,
    'holes': (size) => new Array<unknown>(size),
    'getter': () => Object.defineProperty({}, 'name', { get: () => 'runs.list', enumerable: true }),
    'throwing getter': () =>
      Object.defineProperty({}, 'name', {
        get: () => {
          throw new Error('x');
        },
        enumerable: true,
      }),
    'proxy': () => new Proxy({}, { get: () => 'runs.list', has: () => true, ownKeys: () => ['name'] }),
    'no prototype': () => Object.assign(Object.create(null) as object, { x: 1 }),
    'other prototype': () => Object.create({ name: 'runs.list', folder: '/etc', path: '/etc' }) as unknown,
    'boxed string': () => Object('x') as unknown,
    'boxed number': () => Object(5) as unknown,
    'own toJSON': () => ({ toJSON: () => 'x' }),
    'own toString': () => ({ toString: '/etc', valueOf: 5 }),
    'own then': () => ({ then: 'x' }),
    'long text': (size) => 'x'.repeat(size),
    'long list': (size) => Array.from({ length: size }, (_, at) => at),
    'deep list': (size) => nested(size, (inner) => [inner]),
    'deep group': (size) => nested(size, (inner) => ({ inner })),
    'many names': (size) => Object.fromEntries(Array.from({ length: size }, (_, at) => [`n${at}`, at])),
  };
  const revived = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const holder = value as Record<string, unknown>;
    const kind =
      Object.hasOwn(holder, '$') && typeof holder['$'] === 'string' ? make[holder['$']] : undefined;
    if (kind) return kind(Number(holder['size'] ?? 1));
    for (const name of Object.keys(holder))
      Object.defineProperty(holder, name, {
        value: revived(holder[name]),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    return holder;
  };
  const textIn = (answer: unknown): string =>
    JSON.stringify(answer, (_, value: unknown) =>
      ArrayBuffer.isView(value)
        ? new TextDecoder('latin1').decode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
        : value,
    ) ?? '';
  const failureOf = (answer: Answer): { code: string; message: string } => {
    if (answer?.ok) return { code: 'ok', message: '' };
    const { code, message, remedy } = answer?.failure ?? {};
    const isWhole = [code, message, remedy].every((part) => typeof part === 'string' && part.length > 1);
    return isWhole
      ? { code: code!, message: message! }
      : { code: 'misshapen', message: JSON.stringify(answer) ?? 'undefined' };
  };
  const send = async (text: string): Promise<Answered> => {
    const begun = performance.now();
    const answered = (code: string, message: string, leaked: string[] = []) => ({
      code,
      message: message.slice(0, 400),
      milliseconds: Math.round(performance.now() - begun),
      leaked,
    });
    try {
      const message = revived(JSON.parse(text));
      const answer = await Promise.race([
        window.studio.request(message as never),
        new Promise<undefined>((resolve) => {
          setTimeout(() => resolve(undefined), deadline);
        }),
      ]);
      if (performance.now() - begun >= deadline) return answered('no answer', `none in ${deadline} ms`);
      const found = failureOf(answer as Answer);
      const whole = textIn(answer);
      const leaked = words.filter((word) => whole.includes(word));
      const wanted = wantsOutput && answer?.ok ? { output: textIn(answer.output) } : {};
      return { ...answered(found.code, found.message, leaked), ...wanted };
    } catch (error) {
      return answered('not sent', String(error));
    }
  };
  return Promise.all(texts.map(send));
}
