// @ts-check
/**
 * Reads the tensors of a file in PyTorch's format from before version 1.6: five pickles, then the numbers. It
 * knows only the pickle operations that such a file of weights contains, refuses all others, and executes no
 * code.
 */

/**
 * @typedef {{ shape: number[], strides: number[], offset: number, numbers: Float32Array | null }} TorchTensor
 */

/** Marks on the stack where the members of a tuple, list or dictionary begin. */
const MARK = Symbol('mark');
const FLOAT_STORAGE = 'torch.FloatStorage';
const LONG_BYTES = 8;
const FLOAT_BYTES = 4;

/**
 * The tensors by name; `numbers` is the whole storage of which the tensor is a view, null if it is not
 * float32.
 * @param {Buffer} bytes
 * @returns {Map<string, TorchTensor>}
 */
export function readTorchFile(bytes) {
  const reader = new Pickles(bytes);
  // A magic number, the protocol's version and the sizes of types come before the tensors.
  const [, , , tensors, order] = [1, 2, 3, 4, 5].map(() => reader.next());
  let at = reader.at;
  for (const key of order) {
    const storage = reader.storages.get(key);
    if (!storage) throw new Error(`No tensor uses the storage ${key} of the file`);
    const count = Number(bytes.readBigInt64LE(at));
    at += LONG_BYTES;
    const size = storage.type === FLOAT_STORAGE ? FLOAT_BYTES : LONG_BYTES;
    if (count < 0 || at + count * size > bytes.length) throw new RangeError('The file ends too early');
    if (storage.type === FLOAT_STORAGE)
      storage.numbers = new Float32Array(
        bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + count * size),
      );
    at += count * size;
  }
  return new Map(
    [...tensors].map(([name, { storage, ...view }]) => [name, { ...view, numbers: storage.numbers }]),
  );
}

/**
 * The numbers of a tensor with its dimensions in another order; the last of them varies fastest.
 * @param {TorchTensor | undefined} tensor
 * @param {number[]} [dimensions] a permutation of its dimensions; by default their own order
 * @returns {Float32Array}
 */
export function numbersOf(tensor, dimensions = tensor?.shape.map((_, index) => index)) {
  if (!tensor?.numbers || !dimensions) throw new Error('A tensor of float32 is missing');
  const { numbers, shape, strides, offset } = tensor;
  const result = new Float32Array(
    dimensions.reduce((count, dimension) => count * (shape[dimension] ?? 0), 1),
  );
  let next = 0;
  const visit = (/** @type {number} */ depth, /** @type {number} */ index) => {
    const dimension = dimensions[depth];
    if (dimension === undefined) {
      const number = numbers[index];
      if (number === undefined) throw new RangeError('A tensor reaches beyond its numbers');
      result[next++] = number;
    } else
      for (let step = 0; step < (shape[dimension] ?? 0); step += 1)
        visit(depth + 1, index + step * (strides[dimension] ?? 0));
  };
  visit(0, offset);
  return result;
}

/** Reads one pickle after the other: a pickle is a program that builds a value on a stack. */
class Pickles {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    /** @type {Map<string, { type: string, numbers: Float32Array | null }>} */
    this.storages = new Map();
  }

  /** @returns {any} the value of the next pickle */
  next() {
    /** @type {any[]} */
    this.stack = [];
    this.memo = new Map();
    for (;;) {
      const code = String.fromCharCode(this.take(1)[0] ?? 0);
      if (code === '.') return this.stack.pop();
      const operation = operations[code];
      if (!operation) throw new Error(`Pickle's operation ${JSON.stringify(code)} is not known here`);
      operation(this, this.stack);
    }
  }

  /** @param {number} count */
  take(count) {
    this.at += count;
    if (this.at > this.bytes.length) throw new RangeError('The file ends too early');
    return this.bytes.subarray(this.at - count, this.at);
  }

  line() {
    const end = this.bytes.indexOf('\n', this.at);
    if (end < 0) throw new RangeError('The file ends too early');
    return this.take(end + 1 - this.at)
      .toString('utf8')
      .trimEnd();
  }

  /** @returns {any[]} takes everything above the last mark off the stack, and the mark too */
  sinceMark() {
    const { stack = [] } = this;
    const above = stack.splice(stack.lastIndexOf(MARK));
    return above.slice(1);
  }
}

/** @type {Record<string, (pickles: Pickles, stack: any[]) => void>} */
const operations = {
  '\x80': (pickles) => pickles.take(1), // PROTO
  '\x8a': (pickles, stack) => stack.push(pickles.take(pickles.take(1)[0] ?? 0)), // LONG1
  'M': (pickles, stack) => stack.push(pickles.take(2).readUInt16LE()),
  'K': (pickles, stack) => stack.push(pickles.take(1)[0]),
  'J': (pickles, stack) => stack.push(pickles.take(4).readInt32LE()),
  'X': (pickles, stack) => stack.push(pickles.take(pickles.take(4).readUInt32LE()).toString('utf8')),
  'N': (_, stack) => stack.push(null),
  '\x88': (_, stack) => stack.push(true),
  '\x89': (_, stack) => stack.push(false),
  '}': (_, stack) => stack.push(new Map()),
  ']': (_, stack) => stack.push([]),
  ')': (_, stack) => stack.push([]),
  '(': (_, stack) => stack.push(MARK),
  't': (pickles, stack) => stack.push(pickles.sinceMark()),
  '\x85': (_, stack) => stack.push(stack.splice(-1)),
  '\x86': (_, stack) => stack.push(stack.splice(-2)),
  '\x87': (_, stack) => stack.push(stack.splice(-3)),
  'e': (pickles, stack) => {
    const added = pickles.sinceMark();
    stack.at(-1).push(...added);
  },
  's': (_, stack) => {
    const [key, value] = stack.splice(-2);
    stack.at(-1).set(key, value);
  },
  'u': (pickles, stack) => {
    const added = pickles.sinceMark();
    for (let index = 0; index < added.length; index += 2) stack.at(-1).set(added[index], added[index + 1]);
  },
  'q': (pickles, stack) => pickles.memo?.set(pickles.take(1)[0], stack.at(-1)),
  'r': (pickles, stack) => pickles.memo?.set(pickles.take(4).readUInt32LE(), stack.at(-1)),
  'h': (pickles, stack) => stack.push(pickles.memo?.get(pickles.take(1)[0])),
  'j': (pickles, stack) => stack.push(pickles.memo?.get(pickles.take(4).readUInt32LE())),
  'c': (pickles, stack) => stack.push(`${pickles.line()}.${pickles.line()}`), // GLOBAL
  'b': (_, stack) => stack.pop(), // BUILD: attributes of the dictionary, which are not needed
  'Q': (pickles, stack) => {
    const [, type, key] = stack.pop();
    const storage = pickles.storages.get(key) ?? { type, numbers: null };
    pickles.storages.set(key, storage);
    stack.push(storage);
  },
  'R': (_, stack) => {
    const [name, parameters] = stack.splice(-2);
    if (name === 'collections.OrderedDict') stack.push(new Map());
    else if (name === 'torch._utils._rebuild_tensor_v2') {
      const [storage, offset, shape, strides] = parameters;
      stack.push({ storage, offset, shape, strides });
    } else throw new Error(`The file calls ${name}, which is not known here`);
  },
};
