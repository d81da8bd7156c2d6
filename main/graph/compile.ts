/**
 * Compiles pure steps over one state into one TensorFlow graph, whose variables hold the state; every step,
 * the first too, is a replay.
 */
import { backend, named, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { stepNodes } from './build.ts';
import { assignmentNodes, variableNodes, type FeedsAndFetches, type Variable } from './nodes.ts';
import { idOf, record, type Id } from './record.ts';
import { loadGraph, type GraphNode } from './saved-model.ts';

/**
 * A step in ordinary tfjs code: state and inputs go in, the new state and outputs come out, and nothing else
 * happens. State that it leaves out stays as it was. Where `valid` is false, all state stays as it was.
 */
export type PureStep = (
  state: Tensors,
  inputs: Tensors,
) => { state: Tensors; outputs: Tensors; valid?: Scalar | undefined };

/** A step, and inputs of the shapes that it will be run with; their numbers do not matter. */
export type Program = { step: PureStep; inputs: Tensors };

export type StepOutcome = {
  /** The caller's to free. */
  outputs: Tensors;
  /** Whether the state was changed. */
  valid: boolean;
};

type Loaded = FeedsAndFetches & { kinds: Map<string, string> };

/** Steps that share their state, ready to be replayed. */
export class Compiled {
  private readonly session: number;
  private readonly variables: Map<string, Variable>;
  private readonly programs: Map<string, Loaded>;
  private readonly assign: FeedsAndFetches;

  constructor({
    session,
    variables,
    programs,
    assign,
  }: {
    session: number;
    variables: Map<string, Variable>;
    programs: Map<string, Loaded>;
    assign: FeedsAndFetches;
  }) {
    this.session = session;
    this.variables = variables;
    this.programs = programs;
    this.assign = assign;
  }

  /**
   * Takes one step on the state, in one native call. Throws an Error for an unknown program, a missing input,
   * or one of another type or shape.
   */
  run(program: string, inputs: Tensors): StepOutcome {
    const loaded = this.programs.get(program);
    if (!loaded)
      throw new Error(`There is no program "${program}"; there are ${[...this.programs.keys()].join(', ')}.`);
    for (const [name, wanted] of loaded.kinds) {
      const given = inputs[name] ? kindOf(inputs[name]) : 'nothing';
      if (given !== wanted)
        throw new Error(`The program "${program}" takes ${wanted} as "${name}", and was given ${given}.`);
    }
    const results = this.fetch(loaded, inputs);
    const done = results.splice(loaded.outputs.size);
    const valid = done.every((yes) => yes.dataSync()[0] === 1);
    tf.dispose(done);
    return { valid, outputs: named([...loaded.outputs.keys()], results) };
  }

  /** The names of the state's parts. */
  get names(): string[] {
    return [...this.variables.keys()];
  }

  /**
   * The current state, or these parts of it, in tensors that later steps do not change; the caller's to free.
   */
  read(names: Iterable<string> = this.variables.keys()): Tensors {
    const wanted = [...names];
    const reads = wanted.map((name) => this.variable(name).read);
    return named(wanted, backend().runSavedModel(this.session, [], [], reads));
  }

  private variable(name: string): Variable {
    const variable = this.variables.get(name);
    if (!variable) throw new Error(`The state has no part "${name}"; it has ${this.names.join(', ')}.`);
    return variable;
  }

  /** Sets the whole state; the tensors stay the caller's. */
  write(state: Tensors): void {
    tf.dispose(this.fetch(this.assign, state));
  }

  /** Frees the graph and its state. */
  dispose(): void {
    backend().binding.deleteSavedModel(this.session);
  }

  private fetch({ inputs, outputs, done }: FeedsAndFetches, given: Tensors): Tensor[] {
    const fed = [...inputs.keys()].map((name) => {
      const tensor = given[name];
      if (!tensor) throw new Error(`A value for "${name}" must be fed.`);
      return tensor;
    });
    return backend().runSavedModel(
      this.session,
      fed,
      [...inputs.values()].map((name) => ({ name })),
      [...outputs.values(), done],
    );
  }
}

/**
 * Records each program once, op by op, without touching the state, and loads all of them as one graph that
 * begins with `state`. Throws an Error when a program would freeze something that changes from step to step,
 * and StudioError `not-written` when the graph cannot be written to a temporary folder.
 */
export function compile({
  state,
  programs,
}: {
  state: Tensors;
  programs: Record<string, Program>;
}): Compiled {
  const nodes: GraphNode[] = [];
  const variables = variablesOf(state, nodes);
  const loaded = new Map(
    Object.entries(programs).map(([name, program], index) => {
      const { nodes: own, entry } = compileStep({ prefix: `program${index}`, state, program, variables });
      nodes.push(...own);
      return [
        name,
        {
          ...entry,
          kinds: new Map(Object.entries(program.inputs).map(([input, tensor]) => [input, kindOf(tensor)])),
        },
      ];
    }),
  );
  const { nodes: assigning, entry: assign } = assignmentNodes(variables);
  const compiled = new Compiled({
    session: loadGraph([...nodes, ...assigning]),
    variables,
    programs: loaded,
    assign,
  });
  try {
    compiled.write(state);
  } catch (error) {
    compiled.dispose();
    throw error;
  }
  return compiled;
}

/** A variable for each part of the state; adds their nodes. */
function variablesOf(state: Tensors, nodes: GraphNode[]): Map<string, Variable> {
  return new Map(
    Object.entries(state).map(([name, tensor], index) => {
      if (tensor.dtype !== 'float32')
        throw new Error(`The state "${name}" is ${tensor.dtype}; a compiled step keeps float32.`);
      const made = variableNodes(name, index, { dtype: backend().binding.TF_FLOAT, shape: tensor.shape });
      nodes.push(...made.nodes);
      return [name, made.variable];
    }),
  );
}

function compileStep({
  prefix,
  state,
  program: { step, inputs },
  variables,
}: {
  prefix: string;
  state: Tensors;
  program: Program;
  variables: Map<string, Variable>;
}): { nodes: GraphNode[]; entry: FeedsAndFetches } {
  const before = idsOf(state);
  const fed = idsOf(inputs);
  const { recording, result } = inScope(() =>
    record([...Object.values(state), ...Object.values(inputs)], () => {
      const after = step(state, inputs);
      const made = [
        ...Object.values(after.state),
        ...Object.values(after.outputs),
        ...(after.valid ? [after.valid] : []),
      ];
      // Taken inside the recording, so that a tensor whose numbers are still in JavaScript becomes a
      // constant.
      const ids = {
        newState: idsOf(after.state),
        outputs: idsOf(after.outputs),
        valid: after.valid && idOf(after.valid),
      };
      const own = [...Object.values(state), ...Object.values(inputs)];
      tf.dispose(made.filter((tensor) => !own.includes(tensor)));
      return ids;
    }),
  );
  const newState = new Map([...result.newState].filter(([name, id]) => before.get(name) !== id));
  return stepNodes(
    prefix,
    { ...result, newState, recording, state: swapped(before), inputs: swapped(fed) },
    variables,
  );
}

/** Type and shape, such as "float32 [64,100]". */
function kindOf({ dtype, shape }: Tensor): string {
  return `${dtype} [${shape}]`;
}

function idsOf(tensors: Tensors): Map<string, Id> {
  return new Map(Object.entries(tensors).map(([name, tensor]) => [name, idOf(tensor)]));
}

function swapped(names: Map<string, Id>): Map<Id, string> {
  const ids = new Map([...names].map(([name, id]) => [id, name]));
  if (ids.size < names.size)
    throw new Error('Two parts of a step’s state or inputs are one tensor; give each its own.');
  return ids;
}

/** Frees the tensors that `work` makes, as tf.tidy does, for a result that holds none. */
function inScope<Result>(work: () => Result): Result {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}
