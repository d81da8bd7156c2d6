/**
 * Builds the nodes of a graph from recorded steps: state lives in resource variables, equal operations are
 * merged, and what nothing fetches is left out.
 *
 * When a step turns out not to be valid, its variables end as they began: an update that `valid` does not
 * depend on waits for it; one that it does depend on runs at once, and is undone with the values read before.
 */
import { attribute } from '../tensor.ts';
import { after, trueConstant, nameOf, booleanType, type FeedsAndFetches, type Variable } from './nodes.ts';
import {
  ancestors,
  madeBy,
  takenBy,
  type Id,
  type Operation,
  type Recording,
  type Update,
} from './record.ts';
import type { GraphNode } from './saved-model.ts';
import { StepGraph } from './step-graph.ts';

/** What a recorded step takes and gives, by the handles of its tensors. */
export type RecordedStep = {
  recording: Recording;
  /** Handles of the state that went in -> variable. */
  state: Map<Id, string>;
  /** Handles of the inputs -> name. */
  inputs: Map<Id, string>;
  /** Variable -> handle of its new value; variables that do not change are left out. */
  newState: Map<string, Id>;
  outputs: Map<string, Id>;
  /** A boolean scalar; false: the state stays as it was. */
  valid?: Id | undefined;
};

/** An update, and the variables that it changes. */
type Change = { update: Update; variables: Variable[] };
/** A change that was written; if `valid` does not depend on it, it waits for `valid`. */
type Written = Change & { node: GraphNode; waitsFor: Id | undefined };

/** The nodes of one recorded step, under `prefix`. */
export function stepNodes(
  prefix: string,
  step: RecordedStep,
  variables: Map<string, Variable>,
): { nodes: GraphNode[]; entry: FeedsAndFetches } {
  return new StepBuilder(prefix, step, variables).build();
}

class StepBuilder {
  private readonly prefix: string;
  private readonly step: RecordedStep;
  /** The state's parts, with the tensor that each held when the step began. */
  private readonly state: { variable: Variable; id: Id }[];
  private readonly graph: StepGraph;
  /** What makes each tensor. */
  private readonly makers = new Map<Id, Operation | Update>();
  private readonly written: Written[] = [];
  /** Updates that may run together: none takes what another has changed. */
  private group: Change[] = [];

  constructor(prefix: string, step: RecordedStep, variables: Map<string, Variable>) {
    this.prefix = prefix;
    this.step = step;
    this.graph = new StepGraph(prefix, step.recording);
    this.state = [...step.state].map(([id, name]) => {
      const variable = variables.get(name);
      if (!variable) throw new Error(`The graph has no variable for the state "${name}".`);
      this.graph.setVersion(id, { variable, version: 0 });
      return { variable, id };
    });
    for (const made of step.recording.steps) for (const id of madeBy(made)) this.makers.set(id, made);
  }

  build(): { nodes: GraphNode[]; entry: FeedsAndFetches } {
    const { inputs, outputs, valid, newState, recording } = this.step;
    const fed = new Map([...inputs].map(([id, name]) => [name, this.graph.placeholder(id)]));
    const wanted = [...outputs.values(), ...(valid === undefined ? [] : [valid])];
    const early = ancestors(wanted, this.makers);
    const live = ancestors([...wanted, ...newState.values()], this.makers);
    for (const made of recording.steps) {
      if (!live.has(made)) continue;
      if (this.takesFromGroup(made)) this.closeGroup(early);
      if (made.kind === 'update') this.enterGroup(made);
      else this.graph.emit(made);
    }
    this.closeGroup(early);
    const fetched = new Map([...outputs].map(([name, id]) => [name, this.graph.reference(id)]));
    const done = this.finish();
    return { nodes: this.graph.nodes, entry: { inputs: fed, outputs: fetched, done } };
  }

  private takesFromGroup(made: Operation | Update): boolean {
    const changed = new Set(this.group.flatMap(({ update }) => madeBy(update)));
    return takenBy(made).some((id) => changed.has(id));
  }

  private enterGroup(update: Update): void {
    const variables = update.state.map(({ before, after: replaced }) => {
      const found = this.graph.versionOf(before);
      if (!found) throw new Error(`${update.name} updates a tensor that is not part of the step’s state.`);
      const { variable, version } = found;
      if (version !== this.graph.newest(variable))
        throw new Error(
          `${update.name} updates a value of "${variable.name}" that another update has replaced.`,
        );
      this.graph.setVersion(replaced, { variable, version: version + 1 });
      return variable;
    });
    this.group.push({ update, variables });
  }

  /**
   * Writes the group's updates. They run once all their inputs are computed, so that none has to copy a value
   * that is still being read.
   */
  private closeGroup(early: Set<Operation | Update>): void {
    if (this.group.length === 0) return;
    const group = this.group.map((change) => ({
      ...change,
      taken: change.update.inputs.map((id) => this.graph.reference(id)),
    }));
    const awaited = new Set(group.flatMap(({ taken }) => taken.map(nameOf)));
    const barrier = this.graph.add(
      'NoOp',
      [...awaited].map((name) => `^${name}`),
      [],
    );
    for (const { update, variables, taken } of group) {
      const handles = variables.map(({ handle }) => handle);
      this.written.push({
        update,
        variables,
        waitsFor: early.has(update) ? undefined : this.step.valid,
        node: this.graph.add(update.name, [...handles, ...taken, after(barrier)], update.attributes),
      });
    }
    this.group = [];
  }

  /** Makes an update wait for `valid`: it is enough that one input arrives only if the step is valid. */
  private holdBack({ state, inputs }: Update, change: GraphNode, valid: Id): void {
    const position = state.length + inputs.length - 1;
    for (const last of inputs.slice(-1)) {
      const only = this.switch(this.graph.reference(last), this.graph.dtypeOf(last), valid);
      change.inputs.splice(position, 1, only.yes);
    }
  }

  /** Passes a tensor on by one of two outputs; what takes the other output does not run. */
  private switch(reference: string, dtype: number, valid: Id): { yes: string; no: string } {
    const inputs = [reference, this.graph.reference(valid)];
    const { name } = this.graph.add('Switch', inputs, [attribute.type('T', dtype)]);
    return { yes: `${name}:1`, no: name };
  }

  /**
   * Assigns new values that are not updates, undoes what must be undone, orders reads before changes, and
   * returns the node that depends on all of these.
   */
  private finish(): string {
    const { valid } = this.step;
    for (const { update, node, waitsFor } of this.written)
      if (waitsFor !== undefined) this.holdBack(update, node, waitsFor);
    const changes = this.assignments();
    const undone = valid === undefined ? [] : this.undoings(valid);
    this.orderReads(changes, undone);
    const early = this.written.filter(({ waitsFor }) => waitsFor === undefined).map(({ node }) => node);
    const late = this.written.filter(({ waitsFor }) => waitsFor !== undefined).map(({ node }) => node);
    const all = [...early, ...late, ...changes];
    if (valid === undefined) {
      const yes = trueConstant(`${this.prefix}/yes`);
      this.graph.nodes.push(yes);
      return this.booleanAfter(yes.name, all);
    }
    const branches = this.switch(this.graph.reference(valid), booleanType(), valid);
    const kept = this.booleanAfter(branches.yes, all);
    const refused = this.booleanAfter(branches.no, [...early, ...undone]);
    const attributes = [attribute.type('T', booleanType()), attribute.int('N', 2)];
    return this.graph.add('Merge', [kept, refused], attributes).name;
  }

  /** Passes a boolean on after these nodes. */
  private booleanAfter(reference: string, nodes: GraphNode[]): string {
    const inputs = [reference, ...nodes.map(after)];
    return this.graph.add('Identity', inputs, [attribute.type('T', booleanType())]).name;
  }

  /**
   * Assigns new state that is not what the updates left: a plain new value, or the value before updates that
   * only looked ahead.
   */
  private assignments(): GraphNode[] {
    const { newState, valid } = this.step;
    return this.state.flatMap(({ variable, id: before }) => {
      const id = newState.get(variable.name) ?? before;
      const updates = this.updatesOf(variable);
      const version = this.graph.versionOf(id);
      if (version?.variable === variable && version.version === updates.length) return [];
      const { handle, dtype } = variable;
      // A copy: a value that was passed in may lie in JavaScript’s memory.
      const copy = this.graph.add('DeepCopy', [this.graph.reference(id)], [attribute.type('T', dtype)]).name;
      const value = valid === undefined ? copy : this.switch(copy, dtype, valid).yes;
      const inputs = [handle, value, ...updates.map(({ node }) => after(node))];
      return [this.graph.add('AssignVariableOp', inputs, [attribute.type('dtype', dtype)])];
    });
  }

  /**
   * Restores every variable that was updated before `valid` was known. Holding the old value makes TensorFlow
   * update a copy.
   */
  private undoings(valid: Id): GraphNode[] {
    return this.state.flatMap(({ variable }) => {
      const early = this.updatesOf(variable).filter(({ waitsFor }) => waitsFor === undefined);
      if (early.length === 0) return [];
      const { handle, dtype } = variable;
      const old = this.switch(this.graph.read({ variable, version: 0 }), dtype, valid);
      const inputs = [handle, old.no, ...early.map(({ node }) => after(node))];
      return [this.graph.add('AssignVariableOp', inputs, [attribute.type('dtype', dtype)])];
    });
  }

  private updatesOf(variable: Variable): Written[] {
    return this.written.filter(({ variables }) => variables.includes(variable));
  }

  /** A read comes after the update that made its version, and before the change that replaces it. */
  private orderReads(changes: GraphNode[], undone: GraphNode[]): void {
    for (const { variable } of this.state) {
      const { handle } = variable;
      const readAfter = (version: number) => this.graph.readAfter(variable, version);
      const updates = this.updatesOf(variable);
      let before: GraphNode[] = [];
      updates.forEach(({ node: change }, index) => {
        change.inputs.push(...before.map(after), ...readAfter(index).map(after));
        for (const { node } of readAfter(index + 1)) node?.inputs.push(after(change));
        before = [change];
      });
      const all = [0, ...updates.map((_, index) => index + 1)].flatMap(readAfter);
      for (const change of changes) if (change.inputs[0] === handle) change.inputs.push(...all.map(after));
      // What waits for `valid` does not run when it is false, and neither does anything that waits for that.
      const alive = updates
        .filter(({ waitsFor }) => waitsFor === undefined)
        .flatMap((_, index) => readAfter(index + 1));
      for (const change of undone) if (change.inputs[0] === handle) change.inputs.push(...alive.map(after));
    }
  }
}
