/**
 * Turns recordings into one graph: state lives in resource variables, equal operations are merged, what nothing fetches is left out.
 *
 * When a step says that it is not valid, its variables end as they began: an update that the verdict does not depend on waits
 * for it; one that it does depend on runs at once, and is undone from the values read before.
 */
import { attribute } from '../tensor.ts';
import { after, booleanConstant, node, yesType, type Entry, type Variable } from './nodes.ts';
import type { Id, Operation, Recording, Update } from './record.ts';
import type { Constant, GraphNode, NodeAttribute } from './saved-model.ts';

/** What a recorded step takes and gives, by the handles of its tensors. */
export type Step = {
  recording: Recording;
  /** Handles of the state that went in -> variable. */
  state: Map<Id, string>;
  /** Handles of the inputs -> name. */
  inputs: Map<Id, string>;
  /** Variable -> handle of its new value; those that stay are left out. */
  newState: Map<string, Id>;
  outputs: Map<string, Id>;
  /** A boolean scalar; false: the state stays as it was. */
  valid?: Id | undefined;
};

type Version = { variable: string; version: number };
type UpdateNode = { update: Update; node: GraphNode; gated: boolean };

/** The nodes of one recorded step, under `prefix`. */
export function stepNodes(
  prefix: string,
  step: Step,
  variables: Map<string, Variable>,
): { nodes: GraphNode[]; entry: Entry } {
  return new StepBuilder(prefix, step, variables).build();
}

class StepBuilder {
  private readonly prefix: string;
  private readonly step: Step;
  private readonly variables: Map<string, Variable>;
  private readonly nodes: GraphNode[] = [];
  /** What makes each tensor. */
  private readonly makers = new Map<Id, Operation | Update>();
  /** Tensors that are a variable's value, and after how many updates. */
  private readonly versions = new Map<Id, Version>();
  private readonly references = new Map<Id, string>();
  private readonly merged = new Map<string, GraphNode>();
  private readonly reads = new Map<string, string>();
  private readonly updates: UpdateNode[] = [];
  /** Updates that may run together: none takes what another one has changed. */
  private group: Update[] = [];

  constructor(prefix: string, step: Step, variables: Map<string, Variable>) {
    this.prefix = prefix;
    this.step = step;
    this.variables = variables;
    for (const [id, variable] of step.state) this.versions.set(id, { variable, version: 0 });
    for (const made of step.recording.steps) for (const id of made.outputs) this.makers.set(id, made);
  }

  build(): { nodes: GraphNode[]; entry: Entry } {
    const { inputs, outputs, valid } = this.step;
    for (const id of inputs.keys()) this.references.set(id, this.placeholder(id));
    const early = this.ancestors([...outputs.values(), ...(valid === undefined ? [] : [valid])]);
    const live = this.ancestors([
      ...outputs.values(),
      ...(valid === undefined ? [] : [valid]),
      ...this.step.newState.values(),
    ]);
    for (const made of this.step.recording.steps) {
      if (!live.has(made)) continue;
      if (this.takesFromGroup(made)) this.closeGroup(early);
      if (made.kind === 'update') this.enterGroup(made);
      else this.emit(made);
    }
    this.closeGroup(early);
    const fetched = new Map([...outputs].map(([name, id]) => [name, this.reference(id)]));
    const done = this.finish();
    return {
      nodes: this.nodes,
      entry: {
        inputs: new Map([...inputs].map(([id, name]) => [name, this.references.get(id)!])),
        outputs: fetched,
        done,
      },
    };
  }

  /** Everything that these tensors depend on. */
  private ancestors(ids: Id[]): Set<Operation | Update> {
    const found = new Set<Operation | Update>();
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const maker = this.makers.get(id);
      if (!maker || found.has(maker)) continue;
      found.add(maker);
      waiting.push(...maker.inputs, ...(maker.kind === 'update' ? maker.state : []));
    }
    return found;
  }

  private takesFromGroup(made: Operation | Update): boolean {
    const outputs = new Set(this.group.flatMap((update) => update.outputs));
    return [...made.inputs, ...(made.kind === 'update' ? made.state : [])].some((id) => outputs.has(id));
  }

  private enterGroup(update: Update): void {
    this.group.push(update);
    update.state.forEach((id, index) => {
      const before = this.versions.get(id);
      if (!before) throw new Error(`${update.name} updates a tensor that is none of the step's state.`);
      if (before.version !== this.newest(before.variable))
        throw new Error(
          `${update.name} updates a value of "${before.variable}" that another update has replaced.`,
        );
      this.versions.set(update.outputs[index]!, { variable: before.variable, version: before.version + 1 });
    });
  }

  /** After so many updates a variable is as the step leaves it so far. */
  private newest(variable: string): number {
    return Math.max(
      ...[...this.versions.values()]
        .filter((entry) => entry.variable === variable)
        .map(({ version }) => version),
    );
  }

  /** Emits the group's updates: after all that they take is there, so that none has to copy what is still being read. */
  private closeGroup(early: Set<Operation | Update>): void {
    if (this.group.length === 0) return;
    const taken = this.group.map(({ inputs }) => inputs.map((id) => this.reference(id)));
    const barrier = this.add(
      'NoOp',
      [...new Set(taken.flat().map(nameOf))].map((name) => `^${name}`),
      [],
    );
    for (const [index, update] of this.group.entries()) {
      const gated = this.step.valid !== undefined && !early.has(update);
      const handles = update.state.map((id) => this.variables.get(this.versions.get(id)!.variable)!.handle);
      this.updates.push({
        update,
        gated,
        node: this.add(update.name, [...handles, ...taken[index]!, after(barrier)], update.attributes),
      });
    }
    this.group = [];
  }

  private emit(operation: Operation): void {
    const { name, attributes, inputs, outputs } = this.specialised(operation);
    const taken = inputs.map((id) => this.reference(id));
    const key = JSON.stringify([name, attributes, taken, outputs.length]);
    const known = this.merged.get(key) ?? this.add(name, taken, attributes);
    this.merged.set(key, known);
    outputs.forEach((id, index) =>
      this.references.set(id, index === 0 ? known.name : `${known.name}:${index}`),
    );
  }

  /** tfjs multiplies matrices in batches of one; TensorFlow is quicker when told so, and adds the bias in the same kernel. */
  private specialised(operation: Operation): Operation {
    const rank = (id: Id) => this.step.recording.types.get(id)!.shape.length;
    if (operation.name !== 'BatchMatMulV2' || operation.inputs.some((id) => rank(id) !== 2)) return operation;
    const names: Record<string, string> = { adj_x: 'transpose_a', adj_y: 'transpose_b' };
    return {
      ...operation,
      name: 'MatMul',
      attributes: operation.attributes.map((entry) => ({ ...entry, name: names[entry.name] ?? entry.name })),
    };
  }

  /** How the graph names a tensor. */
  private reference(id: Id): string {
    const version = this.versions.get(id);
    if (version) return this.read(version);
    const known = this.references.get(id);
    if (known) return known;
    const constant = this.step.recording.constants.get(id);
    if (!constant) throw new Error('A step refers to a tensor that nothing in it makes.');
    const reference = this.constant(constant);
    this.references.set(id, reference);
    return reference;
  }

  private read({ variable, version }: Version): string {
    const { handle, read, dtype } = this.variables.get(variable)!;
    const key = `${variable}@${version}`;
    const known = this.reads.get(key);
    if (known) return known;
    const name =
      version === 0 ? read : this.add('ReadVariableOp', [handle], [attribute.type('dtype', dtype)]).name;
    this.reads.set(key, name);
    return name;
  }

  private constant(constant: Constant): string {
    const key = JSON.stringify([
      constant.dtype,
      constant.shape,
      Buffer.from(constant.values.buffer, constant.values.byteOffset, constant.values.byteLength).toString(
        'base64',
      ),
    ]);
    const known =
      this.merged.get(key) ??
      this.add('Const', [], [attribute.type('dtype', constant.dtype), { name: 'value', constant }]);
    this.merged.set(key, known);
    return known.name;
  }

  private placeholder(id: Id): string {
    const { dtype, shape } = this.step.recording.types.get(id)!;
    const given = node(
      `${this.prefix}/input${this.nodes.length}`,
      'Placeholder',
      [],
      [attribute.type('dtype', dtype), attribute.shape('shape', shape)],
    );
    this.nodes.push(given);
    return given.name;
  }

  /** Passes a tensor on when the step is valid; what takes it does not run otherwise. */
  private gate(reference: string, id: Id): string {
    return `${this.switch(reference, this.dtypeOf(id)).name}:1`;
  }

  /** One input that comes only when the step is valid is enough. */
  private holdBack({ state, inputs }: Update, change: GraphNode): void {
    const place = state.length + inputs.length - 1;
    change.inputs[place] = this.gate(change.inputs[place]!, inputs.at(-1)!);
  }

  private switch(reference: string, dtype: number): GraphNode {
    return this.add('Switch', [reference, this.reference(this.step.valid!)], [attribute.type('T', dtype)]);
  }

  private dtypeOf(id: Id): number {
    const version = this.versions.get(id);
    return version ? this.variables.get(version.variable)!.dtype : this.step.recording.types.get(id)!.dtype;
  }

  /** Assigns what is no update, undoes what must be, orders reads before changes, and answers the node that all of it hangs on. */
  private finish(): string {
    for (const { update, node: change, gated } of this.updates) if (gated) this.holdBack(update, change);
    const changes = this.assignments();
    const undone = this.step.valid === undefined ? [] : this.undoings();
    this.orderReads(changes, undone);
    const early = this.updates.filter(({ gated }) => !gated).map((entry) => entry.node);
    const late = [...this.updates.filter(({ gated }) => gated).map((entry) => entry.node), ...changes];
    if (this.step.valid === undefined) {
      const yes = booleanConstant(`${this.prefix}/yes`);
      this.nodes.push(yes);
      return this.add(
        'Identity',
        [yes.name, ...[...early, ...late].map(after)],
        [attribute.type('T', yesType())],
      ).name;
    }
    const verdict = this.switch(this.reference(this.step.valid), yesType());
    const kept = this.add(
      'Identity',
      [`${verdict.name}:1`, ...[...early, ...late].map(after)],
      [attribute.type('T', yesType())],
    );
    const refused = this.add(
      'Identity',
      [verdict.name, ...[...early, ...undone].map(after)],
      [attribute.type('T', yesType())],
    );
    return this.add(
      'Merge',
      [kept.name, refused.name],
      [attribute.type('T', yesType()), attribute.int('N', 2)],
    ).name;
  }

  /** Sets what a step leaves otherwise than its updates do: a plain new value, or an earlier one of a step that looked ahead. */
  private assignments(): GraphNode[] {
    return [...this.variables].flatMap(([variable, { handle, dtype }]) => {
      const id =
        this.step.newState.get(variable) ?? [...this.step.state].find(([, name]) => name === variable)![0];
      const version = this.versions.get(id);
      if (version?.variable === variable && version.version === this.updatesOf(variable).length) return [];
      // A copy: a value that came in as it is may lie in memory of JavaScript's.
      const copy = this.add('DeepCopy', [this.reference(id)], [attribute.type('T', dtype)]).name;
      const value = this.step.valid === undefined ? copy : `${this.switch(copy, dtype).name}:1`;
      return [
        this.add(
          'AssignVariableOp',
          [handle, value, ...this.updatesOf(variable).map((entry) => after(entry.node))],
          [attribute.type('dtype', dtype)],
        ),
      ];
    });
  }

  /** For every variable that was updated before the verdict: puts back what it was. Holding the old value makes TensorFlow update a copy. */
  private undoings(): GraphNode[] {
    return [...this.variables].flatMap(([variable, { handle, dtype }]) => {
      const early = this.updatesOf(variable).filter(({ gated }) => !gated);
      if (early.length === 0) return [];
      const old = this.switch(this.read({ variable, version: 0 }), dtype);
      return [
        this.add(
          'AssignVariableOp',
          [handle, old.name, ...early.map((entry) => after(entry.node))],
          [attribute.type('dtype', dtype)],
        ),
      ];
    });
  }

  private updatesOf(variable: string): UpdateNode[] {
    return this.updates.filter(({ update }) =>
      update.state.some((id) => this.versions.get(id)!.variable === variable),
    );
  }

  private readAfter(variable: string, version: number): string[] {
    const read = this.reads.get(`${variable}@${version}`);
    return read ? [`^${read}`] : [];
  }

  /** A read comes after the update that made its version, and before the change that replaces it. */
  private orderReads(changes: GraphNode[], undone: GraphNode[]): void {
    const byName = new Map(this.nodes.map((entry) => [entry.name, entry]));
    for (const [variable, { handle }] of this.variables) {
      const updates = this.updatesOf(variable);
      updates.forEach(({ node: change }, index) => {
        if (index > 0) change.inputs.push(after(updates[index - 1]!.node));
        change.inputs.push(...this.readAfter(variable, index));
        for (const read of this.readAfter(variable, index + 1))
          byName.get(read.slice(1))!.inputs.push(after(change));
      });
      const all = [0, ...updates.map((_, index) => index + 1)].flatMap((version) =>
        this.readAfter(variable, version),
      );
      for (const change of changes) if (change.inputs[0] === handle) change.inputs.push(...all);
      // What waits for the verdict is dead when it is no, and so is all that waits for it.
      const alive = updates
        .filter(({ gated }) => !gated)
        .flatMap((_, index) => this.readAfter(variable, index + 1));
      for (const change of undone) if (change.inputs[0] === handle) change.inputs.push(...alive);
    }
  }

  private add(operation: string, inputs: string[], attributes: NodeAttribute[]): GraphNode {
    const added = node(`${this.prefix}/${this.nodes.length}`, operation, inputs, attributes);
    this.nodes.push(added);
    return added;
  }
}

const nameOf = (reference: string): string => reference.replace(/:\d+$/, '');
