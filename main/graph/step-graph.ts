/**
 * Collects the nodes of one recorded step, merging equal operations, and knows how the graph names each
 * tensor.
 */
import { attribute } from '../tensor.ts';
import { node, type Variable } from './nodes.ts';
import type { Id, Operation, Recording } from './record.ts';
import type { Constant, GraphNode, NodeAttribute } from './saved-model.ts';

/** A variable's value after `version` updates in the step. */
export type Version = { variable: Variable; version: number };

/** A read of a variable. All steps share the read at the start, so it has no node here. */
type Read = { name: string; node?: GraphNode };

export class StepGraph {
  readonly nodes: GraphNode[] = [];
  private readonly prefix: string;
  private readonly recording: Recording;
  /** Tensors that are a variable's value. */
  private readonly versions = new Map<Id, Version>();
  private readonly references = new Map<Id, string>();
  private readonly merged = new Map<string, GraphNode>();
  private readonly reads = new Map<string, Read>();

  constructor(prefix: string, recording: Recording) {
    this.prefix = prefix;
    this.recording = recording;
  }

  add(operation: string, inputs: string[], attributes: NodeAttribute[]): GraphNode {
    const added = node(`${this.prefix}/${this.nodes.length}`, { operation, inputs, attributes });
    this.nodes.push(added);
    return added;
  }

  /** Adds a placeholder through which a tensor is fed, and returns its name. */
  placeholder(id: Id): string {
    const { dtype, shape } = this.typeOf(id);
    const given = node(`${this.prefix}/input${this.nodes.length}`, {
      operation: 'Placeholder',
      inputs: [],
      attributes: [attribute.type('dtype', dtype), attribute.shape('shape', shape)],
    });
    this.nodes.push(given);
    this.references.set(id, given.name);
    return given.name;
  }

  /** Which variable's value a tensor is; undefined if it is none. */
  versionOf(id: Id): Version | undefined {
    return this.versions.get(id);
  }

  setVersion(id: Id, version: Version): void {
    this.versions.set(id, version);
  }

  /** How many updates of a variable the step has so far. */
  newest(variable: Variable): number {
    return Math.max(
      ...[...this.versions.values()]
        .filter((entry) => entry.variable === variable)
        .map(({ version }) => version),
    );
  }

  /** Adds an operation, unless an equal one is there. */
  emit(operation: Operation): void {
    const { name, attributes, inputs, outputs } = this.specialised(operation);
    const taken = inputs.map((id) => this.reference(id));
    const key = JSON.stringify([name, attributes, taken, outputs.length]);
    const known = this.merged.get(key) ?? this.add(name, taken, attributes);
    this.merged.set(key, known);
    outputs.forEach((id, index) =>
      this.references.set(id, index === 0 ? known.name : `${known.name}:${index}`),
    );
  }

  /** How the graph names a tensor. */
  reference(id: Id): string {
    const version = this.versions.get(id);
    if (version) return this.read(version);
    const known = this.references.get(id);
    if (known) return known;
    const constant = this.recording.constants.get(id);
    if (!constant) throw nothingMakes();
    const reference = this.constant(constant);
    this.references.set(id, reference);
    return reference;
  }

  /** A variable's value, as the graph names it. */
  read({ variable, version }: Version): string {
    const key = keyOf(variable, version);
    const known = this.reads.get(key);
    if (known) return known.name;
    const read = version === 0 ? { name: variable.read } : this.readAnew(variable);
    this.reads.set(key, read);
    return read.name;
  }

  /** The read of a variable after `version` updates, if there is one. */
  readAfter(variable: Variable, version: number): Read[] {
    const read = this.reads.get(keyOf(variable, version));
    return read ? [read] : [];
  }

  /** TensorFlow's number of a tensor's type. */
  dtypeOf(id: Id): number {
    return (this.versions.get(id)?.variable ?? this.typeOf(id)).dtype;
  }

  private readAnew({ handle, dtype }: Variable): Read {
    const added = this.add('ReadVariableOp', [handle], [attribute.type('dtype', dtype)]);
    return { name: added.name, node: added };
  }

  /**
   * tfjs multiplies matrices as batches of one. TensorFlow's MatMul is faster for these, and adds the bias in
   * the same kernel.
   */
  private specialised(operation: Operation): Operation {
    const isMatrix = (id: Id) => this.typeOf(id).shape.length === 2;
    if (operation.name !== 'BatchMatMulV2' || !operation.inputs.every(isMatrix)) return operation;
    const names: Record<string, string> = { adj_x: 'transpose_a', adj_y: 'transpose_b' };
    return {
      ...operation,
      name: 'MatMul',
      attributes: operation.attributes.map((entry) => ({ ...entry, name: names[entry.name] ?? entry.name })),
    };
  }

  private constant(constant: Constant): string {
    const { buffer, byteOffset, byteLength } = constant.values;
    const bytes = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
    const key = JSON.stringify([constant.dtype, constant.shape, bytes]);
    const known =
      this.merged.get(key) ??
      this.add('Const', [], [attribute.type('dtype', constant.dtype), { name: 'value', constant }]);
    this.merged.set(key, known);
    return known.name;
  }

  private typeOf(id: Id): { dtype: number; shape: number[] } {
    const type = this.recording.types.get(id);
    if (!type) throw nothingMakes();
    return type;
  }
}

const keyOf = ({ name }: Variable, version: number): string => `${name}@${version}`;
const nothingMakes = (): Error => new Error('A step uses a tensor that none of its operations makes.');
