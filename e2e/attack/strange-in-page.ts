/** Code that runs in the page and turns marks into the strange values that they stand for. */
import type { StrangeKind } from './strange-values.ts';

function cycle(): unknown {
  const one: Record<string, unknown> = { name: 'runs.list' };
  return Object.assign(one, { input: one, self: [one] });
}

function nested(size: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'inside';
  for (let depth = 0; depth < Math.min(size * 10, 20_000); depth++) value = wrap(value);
  return value;
}

type Make = (size: number) => unknown;

const MAKE: Readonly<Record<StrangeKind, Make>> = {
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

/** The message with each mark turned into the value that it stands for. */
export function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const holder = value as Record<string, unknown>;
  const kind =
    Object.hasOwn(holder, '$') && typeof holder['$'] === 'string'
      ? (MAKE as Partial<Record<string, Make>>)[holder['$']]
      : undefined;
  if (kind) return kind(Number(holder['size'] ?? 1));
  for (const name of Object.keys(holder))
    Object.defineProperty(holder, name, {
      value: revived(holder[name]),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return holder;
}
