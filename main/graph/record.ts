/**
 * Runs a function op by op and writes down every operation that reaches TensorFlow, with the handles that go
 * in and come out.
 *
 * Whatever would wrongly freeze into a constant throws: random numbers made in JavaScript, numbers read back,
 * tensors from outside.
 */
import { refuseDrawing } from '../random.ts';
import {
  attribute,
  backend,
  operate,
  tf,
  withBinding,
  type Attribute,
  type Binding,
  type Shape,
  type Tensor,
  type TypedValues,
} from '../tensor.ts';
import type { Constant } from './saved-model.ts';

/** Names a tensor: TensorFlow's handles are numbered and never used twice. */
export type Id = number;

/** An operation that ran. */
export type Operation = {
  kind: 'operation';
  name: string;
  attributes: Attribute[];
  inputs: Id[];
  outputs: Id[];
};

/** An update of state for which TensorFlow has one fused operation that works in place. */
export type Update = {
  kind: 'update';
  name: string;
  attributes: Attribute[];
  /** What it replaces, and by what; the operation takes these first, as resources. */
  state: { before: Id; after: Id }[];
  inputs: Id[];
};

/** What an operation or an update depends on. */
export const takenBy = (made: Operation | Update): Id[] =>
  made.kind === 'update' ? [...made.inputs, ...made.state.map(({ before }) => before)] : made.inputs;

/** What an operation or an update makes. */
export const madeBy = (made: Operation | Update): Id[] =>
  made.kind === 'update' ? made.state.map(({ after }) => after) : made.outputs;

/** All operations and updates that these tensors depend on; `makers` says what makes each tensor. */
export function ancestors(
  ids: readonly Id[],
  makers: ReadonlyMap<Id, Operation | Update>,
): Set<Operation | Update> {
  const found = new Set<Operation | Update>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const maker = makers.get(id);
    if (!maker || found.has(maker)) continue;
    found.add(maker);
    waiting.push(...takenBy(maker));
  }
  return found;
}

export type Recording = {
  steps: (Operation | Update)[];
  constants: Map<Id, Constant>;
  types: Map<Id, { dtype: number; shape: Shape }>;
};

type Recorder = Recording & { written: Set<TypedValues> };

let active: Recorder | undefined;

/**
 * Runs `body` once, op by op, and returns what it did and what it returned. `given` are the tensors that it
 * may take from outside; the caller frees all tensors. Throws an Error that says what to write instead when
 * something would be frozen.
 */
export function record<Result>(
  given: Tensor[],
  body: () => Result,
): { recording: Recording; result: Result } {
  if (active) throw new Error('A recording is under way; one step cannot be compiled inside another.');
  const recorder: Recorder = { steps: [], constants: new Map(), types: new Map(), written: new Set() };
  const native = backend();
  for (const tensor of given) {
    recorder.types.set(idOf(tensor), { dtype: typeNumber(tensor), shape: tensor.shape });
  }
  const release = refuseRandomNumbers();
  const { write } = native;
  active = recorder;
  native.write = (values, shape, dtype) => {
    recorder.written.add(values);
    return write.call(native, values, shape, dtype);
  };
  try {
    return { recording: recorder, result: withBinding((binding) => listening(binding, recorder), body) };
  } finally {
    native.write = write;
    release();
    active = undefined;
  }
}

/**
 * Updates `state` by TensorFlow's fused operation `name`, which takes `state` as resources, then `inputs`.
 * Outside a recording, `reference` computes the same in ordinary operations. Returns the new values of
 * `state`, in its order.
 */
export function updateInPlace({
  name,
  attributes,
  state,
  inputs,
  reference,
}: {
  name: string;
  attributes: Attribute[];
  state: Tensor[];
  inputs: Tensor[];
  reference: () => Tensor[];
}): Tensor[] {
  if (!active) return reference();
  // While recording only the shapes matter.
  const replaced = state.map((before) => ({
    before,
    after: operate('Identity', [attribute.floatType('T')], [before]),
  }));
  active.steps.push({
    kind: 'update',
    name,
    attributes,
    state: replaced.map(({ before, after }) => ({ before: idOf(before), after: idOf(after) })),
    inputs: inputs.map(idOf),
  });
  return replaced.map(({ after }) => after);
}

/** The handle of a tensor; numbers that still wait in JavaScript are handed to TensorFlow first. */
export function idOf(tensor: Tensor): Id {
  const [id] = backend().getInputTensorIds([tensor]);
  return id;
}

function typeNumber({ dtype }: Tensor): number {
  const { TF_BOOL, TF_FLOAT, TF_INT32 } = backend().binding;
  const number = {
    float32: TF_FLOAT,
    int32: TF_INT32,
    bool: TF_BOOL,
    complex64: undefined,
    string: undefined,
  }[dtype];
  if (number === undefined)
    throw new Error(`A compiled step takes float32, int32 and bool tensors, not ${dtype}.`);
  return number;
}

/** The native functions, each of which records what it is called with. */
function listening(binding: Binding, recorder: Recorder): Partial<Binding> {
  return {
    executeOp(name, ...rest) {
      const [attributes, inputs] = rest;
      if (/^(Random|Truncated|Multinomial|Parameterized)/.test(name))
        throw frozen(`TensorFlow’s ${name}, which draws other numbers at every run`);
      for (const id of inputs) refuseUnknown(id, recorder, name);
      const handles = binding.executeOp(name, ...rest);
      for (const { id, dtype, shape } of handles) recorder.types.set(id, { dtype, shape });
      recorder.steps.push({
        kind: 'operation',
        name,
        attributes,
        inputs,
        outputs: handles.map(({ id }) => id),
      });
      return handles;
    },
    createTensor(shape: Shape, dtype: number, values: TypedValues) {
      if (!recorder.written.has(values))
        throw frozen('a tensor that was made outside of it and is not one of its inputs');
      const id = binding.createTensor(shape, dtype, values);
      recorder.constants.set(id, { shape: [...shape], dtype, values: values.slice() });
      recorder.types.set(id, { dtype, shape });
      return id;
    },
    tensorDataSync() {
      throw frozen('numbers that it reads back out of a tensor (dataSync, arraySync)');
    },
  };
}

function refuseUnknown(id: Id, { types }: Recorder, name: string): void {
  if (!types.has(id))
    throw frozen(`a tensor that was made outside of it and is not one of its inputs (${name} takes it)`);
}

/** Operations of tfjs that draw random numbers in JavaScript, seeded or not. */
const DRAWS = /^(rand|truncatedNormal|multinomial|dropout)/;

/** Makes every source of random numbers in tfjs throw, until the returned function is called. */
function refuseRandomNumbers(): () => void {
  const engine = tf.engine();
  const { random } = Math;
  const { startScope } = engine;
  const refuse = (name: string): never => {
    throw frozen(`random numbers made in JavaScript (${name})`);
  };
  Math.random = () => refuse('Math.random');
  refuseDrawing(() => refuse('main/random.ts'));
  engine.startScope = (name) => {
    if (name && DRAWS.test(name)) refuse(`tf.${name}`);
    startScope.call(engine, name);
  };
  return () => {
    Math.random = random;
    refuseDrawing(undefined);
    engine.startScope = startScope;
  };
}

function frozen(what: string): Error {
  return new Error(
    `A compiled step cannot use ${what}: it would stay the same in every step. Pass it in as an input, or draw with stepRandom.`,
  );
}
