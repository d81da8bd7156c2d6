import { afterEach, describe, expect, test } from 'vitest';
import { expectClose, fill } from '../reference/index.ts';
import { randomNormal } from '../random.ts';
import { stepRandom } from '../step-random.ts';
import { attribute, tf, withBinding, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { stepNodes } from './build.ts';
import { compile, updateInPlace, type Compiled, type PureStep } from './index.ts';
import { variableNodes } from './nodes.ts';
import { idOf, record } from './record.ts';

const opened: Compiled[] = [];
afterEach(() => opened.splice(0).forEach((compiled) => compiled.dispose()));

function open(...given: Parameters<typeof compile>): Compiled {
  const compiled = compile(...given);
  opened.push(compiled);
  return compiled;
}

const numbers = (tensor: Tensor | undefined) => Array.from(tensor!.dataSync());
const scalar = (value: number) => tf.scalar(value);

/** Gradient descent by TensorFlow's fused operation, with its reference. */
function descend(weight: Tensor, rate: Scalar, gradient: Tensor): Tensor {
  return updateInPlace({
    name: 'ResourceApplyGradientDescent',
    attributes: [attribute.floatType('T')],
    state: [weight],
    inputs: [rate, gradient],
    reference: () => [tf.sub(weight, tf.mul(gradient, rate))],
  })[0]!;
}

/** The operations of the graph that a step becomes. */
function operationsOf(step: PureStep, state: Tensors, inputs: Tensors): string[] {
  const variables = new Map(
    Object.entries(state).map(([name, { shape }], index) => [
      name,
      variableNodes(name, index, { dtype: 1, shape }).variable,
    ]),
  );
  const ids = (tensors: Tensors) =>
    new Map(Object.entries(tensors).map(([name, tensor]) => [name, idOf(tensor)]));
  const swapped = (names: Map<string, number>) => new Map([...names].map(([name, id]) => [id, name]));
  const { recording, result } = record([...Object.values(state), ...Object.values(inputs)], () => {
    const after = step(state, inputs);
    return { newState: ids(after.state), outputs: ids(after.outputs) };
  });
  return stepNodes(
    'step',
    { ...result, recording, state: swapped(ids(state)), inputs: swapped(ids(inputs)) },
    variables,
  ).nodes.map(({ operation }) => operation);
}

/**
 * Two turns: `a` takes a gradient step, then `b` takes one at the new `a`; an average follows `b`. Not valid
 * when a loss is NaN or infinite.
 */
const twoTurns: PureStep = ({ a, b, average }, { x, rate }) => {
  const first = tf.valueAndGrad((value: Tensor) => tf.sum(tf.square(tf.sub(tf.mul(value, b!), x!))))(a!);
  const movedA = descend(a!, rate as Scalar, first.grad);
  const second = tf.valueAndGrad((value: Tensor) => tf.sum(tf.square(tf.sub(tf.mul(movedA, value), x!))))(b!);
  const movedB = descend(b!, rate as Scalar, second.grad);
  return {
    state: { a: movedA, b: movedB, average: descend(average!, scalar(0.1), tf.sub(average!, movedB)) },
    outputs: { first: first.value, second: second.value },
    valid: tf.isFinite(tf.add(first.value, second.value)).asScalar(),
  };
};
const beginning = (): Tensors => ({ a: fill([3], 0), b: fill([3], 1), average: fill([3], 2) });
const given = (step: number): Tensors => ({ x: fill([3], 5 + step), rate: scalar(0.1 / (step + 1)) });

describe('a compiled step', () => {
  test('equals op by op over steps with other inputs and scalars, and hands out what it read', () => {
    const compiled = open({ state: beginning(), programs: { step: { step: twoTurns, inputs: given(0) } } });
    let state = beginning();
    for (let step = 0; step < 5; step++) {
      const expected = twoTurns(state, given(step));
      const { outputs, valid } = compiled.run('step', given(step));
      state = { ...state, ...expected.state };
      expect(valid).toBe(true);
      for (const name of ['first', 'second']) expectClose(outputs[name]!, numbers(expected.outputs[name]));
      for (const [name, tensor] of Object.entries(compiled.read())) expectClose(tensor, numbers(state[name]));
    }
  });

  test('begins with the state as given: recording moves nothing', () => {
    const state = beginning();
    const compiled = open({ state, programs: { step: { step: twoTurns, inputs: given(0) } } });
    for (const [name, tensor] of Object.entries(compiled.read()))
      expect(numbers(tensor)).toEqual(numbers(state[name]));
  });

  test('that is not valid leaves all state as it was, even what was updated before that was known', () => {
    const compiled = open({ state: beginning(), programs: { step: { step: twoTurns, inputs: given(0) } } });
    compiled.run('step', given(0));
    const before = Object.entries(compiled.read()).map(([name, tensor]) => [name, numbers(tensor)]);
    expect(compiled.run('step', { ...given(1), rate: scalar(Infinity) }).valid).toBe(false);
    expect(compiled.run('step', { ...given(1), x: fill([3], 0, NaN) }).valid).toBe(false);
    expect(Object.entries(compiled.read()).map(([name, tensor]) => [name, numbers(tensor)])).toEqual(before);
    expect(compiled.run('step', given(1)).valid).toBe(true);
  });

  test('what was read stays as it was when the state moves on; what is written is what is read', () => {
    const compiled = open({ state: beginning(), programs: { step: { step: twoTurns, inputs: given(0) } } });
    const before = compiled.read();
    const copy = numbers(before['a']);
    compiled.run('step', given(0));
    expect(numbers(before['a'])).toEqual(copy);
    expect(numbers(compiled.read(['a'])['a'])).not.toEqual(copy);
    compiled.write(before);
    expect(numbers(compiled.read(['a'])['a'])).toEqual(copy);
  });

  test('runs as one native call, and the number of tensors stays flat', () => {
    const compiled = open({ state: beginning(), programs: { step: { step: twoTurns, inputs: given(0) } } });
    const inputs = given(0);
    compiled.run('step', inputs);
    let operations = 0;
    const before = tf.memory().numTensors;
    withBinding(
      () => ({
        executeOp() {
          operations += 1;
          throw new Error('op by op');
        },
      }),
      () => {
        for (let step = 0; step < 10; step++) tf.dispose(compiled.run('step', inputs).outputs);
      },
    );
    expect(operations).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('computes equal operations once, leaves out what nothing asks for, and updates with the fused operation', () => {
    const step: PureStep = ({ a }, { x, rate }) => {
      const square = () => tf.square(tf.mul(a!, x!));
      tf.exp(x!);
      return {
        state: { a: descend(a!, rate as Scalar, square()) },
        outputs: { sum: tf.sum(tf.add(square(), square())) },
      };
    };
    const operations = operationsOf(step, { a: fill([3], 0) }, given(0));
    expect(operations.filter((name) => name === 'Square')).toHaveLength(1);
    expect(operations.filter((name) => name === 'ResourceApplyGradientDescent')).toHaveLength(1);
    expect(operations).not.toContain('Exp');
    expect(operations).not.toContain('AssignVariableOp');
    const compiled = open({ state: { a: fill([3], 0) }, programs: { step: { step, inputs: given(0) } } });
    expectClose(
      compiled.run('step', given(0)).outputs['sum']!,
      numbers(step({ a: fill([3], 0) }, given(0)).outputs['sum']),
    );
  });

  test('a step that looks ahead on updated state, and does not return it, leaves the state as it was', () => {
    const step: PureStep = ({ a }, { x, rate }) => {
      const ahead = descend(a!, rate as Scalar, x!);
      return { state: {}, outputs: { ahead: tf.sum(ahead) }, valid: tf.isFinite(tf.sum(ahead)).asScalar() };
    };
    const compiled = open({ state: { a: fill([3], 0) }, programs: { step: { step, inputs: given(0) } } });
    expectClose(
      compiled.run('step', given(0)).outputs['ahead']!,
      numbers(step({ a: fill([3], 0) }, given(0)).outputs['ahead']),
    );
    expect(numbers(compiled.read()['a'])).toEqual(numbers(fill([3], 0)));
  });

  test('two updates of one tensor in a row are taken in their order', () => {
    const step: PureStep = ({ a }, { x, rate }) => {
      const first = descend(a!, rate as Scalar, x!);
      return { state: { a: descend(first, tf.mul(rate!, 2) as Scalar, tf.square(x!)) }, outputs: {} };
    };
    const compiled = open({ state: { a: fill([3], 0) }, programs: { step: { step, inputs: given(0) } } });
    compiled.run('step', given(0));
    expectClose(compiled.read()['a']!, numbers(step({ a: fill([3], 0) }, given(0)).state['a']));
  });

  test('two updates that both begin with the same value are refused', () => {
    const step: PureStep = ({ a }, { x, rate }) => {
      const [one, other] = [descend(a!, rate as Scalar, x!), descend(a!, rate as Scalar, tf.square(x!))];
      return { state: { a: one }, outputs: { sum: tf.sum(other) } };
    };
    expect(() =>
      open({ state: { a: fill([3], 0) }, programs: { step: { step, inputs: given(0) } } }),
    ).toThrow('updates a value of "a" that another update has replaced');
  });

  test('an input that becomes state is copied: later updates leave the JavaScript array alone', () => {
    const take: PureStep = (_, { x }) => ({ state: { a: tf.reshape(x!, [1024]) }, outputs: {} });
    const move: PureStep = ({ a }, { rate }) => ({
      state: { a: descend(a!, rate as Scalar, tf.onesLike(a!)) },
      outputs: {},
    });
    const values = new Float32Array(1024).fill(3);
    const compiled = open({
      state: { a: tf.zeros([1024]) },
      programs: {
        take: { step: take, inputs: { x: tf.zeros([1024]) } },
        move: { step: move, inputs: { rate: scalar(0) } },
      },
    });
    compiled.run('take', { x: tf.tensor1d(values) });
    compiled.run('move', { rate: scalar(1) });
    expect(values.every((value) => value === 3)).toBe(true);
    expect(numbers(compiled.read()['a'])[0]).toBe(2);
  });

  test('several programs share the state', () => {
    const add: PureStep = ({ a }, { x }) => ({ state: { a: tf.add(a!, x!) }, outputs: {} });
    const double: PureStep = ({ a }) => ({ state: { a: tf.mul(a!, 2) }, outputs: {} });
    const inputs = { x: fill([2], 0) };
    const compiled = open({
      state: { a: tf.tensor1d([1, 2]) },
      programs: { add: { step: add, inputs }, double: { step: double, inputs: {} } },
    });
    compiled.run('add', { x: tf.tensor1d([10, 20]) });
    compiled.run('double', {});
    expect(numbers(compiled.read()['a'])).toEqual([22, 44]);
  });

  test('swaps two parts of its state', () => {
    const swap: PureStep = ({ a, b }) => ({ state: { a: b!, b: a! }, outputs: {} });
    const compiled = open({
      state: { a: tf.tensor1d([1]), b: tf.tensor1d([2]) },
      programs: { swap: { step: swap, inputs: {} } },
    });
    compiled.run('swap', {});
    const { a, b } = compiled.read();
    expect([numbers(a), numbers(b)]).toEqual([[2], [1]]);
  });

  test('draws other random numbers with another seed, the same ones with the same, and those of op by op', () => {
    const step: PureStep = (_, { seed }) => ({
      state: {},
      outputs: { noise: stepRandom(seed!).normal([4]) },
    });
    const seed = (value: number) => ({ seed: tf.tensor1d([value, 7], 'int32') });
    const compiled = open({ state: { a: tf.zeros([1]) }, programs: { step: { step, inputs: seed(0) } } });
    const draw = (value: number) => numbers(compiled.run('step', seed(value)).outputs['noise']);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(2)).toEqual(numbers(step({}, seed(2)).outputs['noise']));
  });

  test('refuses inputs that are missing or of another shape, and an unknown program', () => {
    const compiled = open({ state: beginning(), programs: { step: { step: twoTurns, inputs: given(0) } } });
    expect(() => compiled.run('step', { rate: scalar(1) })).toThrow(
      'takes float32 [3] as "x", and was given nothing',
    );
    expect(() => compiled.run('step', { ...given(0), x: fill([4], 0) })).toThrow(
      'takes float32 [3] as "x", and was given float32 [4]',
    );
    expect(() => compiled.run('step', { ...given(0), rate: tf.scalar(1, 'int32') })).toThrow(
      'takes float32 [] as "rate", and was given int32 []',
    );
    expect(() => compiled.run('other', {})).toThrow('There is no program "other"; there are step.');
  });
});

describe('what would freeze into a compiled step is refused', () => {
  const outside = tf.add(fill([3], 0), 1);
  const waiting = fill([3], 0);
  test.each<[string, (a: Tensor) => Tensor]>([
    ['Math.random', (a) => tf.mul(a, Math.random())],
    ['the project’s own numbers', () => tf.tensor(randomNormal({ seed: 1, stream: 'z', step: 0 }, 3))],
    ['tf.randomNormal', () => tf.randomNormal([3])],
    ['tf.randomNormal with a seed', () => tf.randomNormal([3], 0, 1, 'float32', 4)],
    ['tf.randomUniform with a seed', () => tf.randomUniform([3], 0, 1, 'float32', 4)],
    ['tf.truncatedNormal with a seed', () => tf.truncatedNormal([3], 0, 1, 'float32', 4)],
    ['tf.dropout with a seed', (a) => tf.dropout(a, 0.5, undefined, 4)],
    ['tf.multinomial', (a) => tf.multinomial(a as never, 2, 3)],
    ['reading back', (a) => tf.mul(a, a.dataSync()[0]!)],
    ['a tensor from outside', (a) => tf.mul(a, outside)],
    ['a tensor from outside that still waits in JavaScript', (a) => tf.mul(a, waiting)],
  ])('%s', (_, body) => {
    const step: PureStep = ({ a }) => ({ state: { a: body(a!) }, outputs: {} });
    expect(() => open({ state: { a: fill([3], 0) }, programs: { step: { step, inputs: {} } } })).toThrow(
      'A compiled step cannot use',
    );
    expect(Math.random()).toBeLessThan(1);
    expect(tf.randomNormal([2]).shape).toEqual([2]);
  });
});
