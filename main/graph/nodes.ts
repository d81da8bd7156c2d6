/** Makes the nodes of a graph, and the resource variables that all its steps share. */
import { attribute, backend, type Shape } from '../tensor.ts';
import type { GraphNode } from './saved-model.ts';

/** A resource variable, as the graph knows it; `name` is that of the part of the state that it holds. */
export type Variable = { name: string; handle: string; read: string; dtype: number; shape: Shape };

/** The tensors to feed and to fetch, by name; `done` must be fetched too, or nothing is updated. */
export type FeedsAndFetches = { inputs: Map<string, string>; outputs: Map<string, string>; done: string };

/** The nodes that hold a variable and read it at the start of a step. */
export function variableNodes(
  name: string,
  index: number,
  { dtype, shape }: { dtype: number; shape: Shape },
): { variable: Variable; nodes: GraphNode[] } {
  const [handle, read] = [`variable${index}`, `variable${index}/read`];
  const nodes = [
    node(handle, {
      operation: 'VarHandleOp',
      inputs: [],
      attributes: [
        attribute.type('dtype', dtype),
        attribute.shape('shape', shape),
        attribute.text('shared_name', name),
        attribute.text('container', ''),
      ],
    }),
    node(read, {
      operation: 'ReadVariableOp',
      inputs: [handle],
      attributes: [attribute.type('dtype', dtype)],
    }),
  ];
  return { variable: { name, handle, read, dtype, shape }, nodes };
}

/** The nodes that set variables to what is fed. */
export function assignmentNodes(variables: Map<string, Variable>): {
  nodes: GraphNode[];
  entry: FeedsAndFetches;
} {
  const nodes: GraphNode[] = [];
  const inputs = new Map<string, string>();
  for (const [name, { handle, dtype, shape }] of variables) {
    const given = node(`${handle}/new`, {
      operation: 'Placeholder',
      inputs: [],
      attributes: [attribute.type('dtype', dtype), attribute.shape('shape', shape)],
    });
    // tfjs-node lends TensorFlow the memory of JavaScript's arrays; updates in place must not write there.
    const copy = node(`${handle}/copy`, {
      operation: 'DeepCopy',
      inputs: [given.name],
      attributes: [attribute.type('T', dtype)],
    });
    const assign = node(`${handle}/assign`, {
      operation: 'AssignVariableOp',
      inputs: [handle, copy.name],
      attributes: [attribute.type('dtype', dtype)],
    });
    nodes.push(given, copy, assign);
    inputs.set(name, given.name);
  }
  const yes = trueConstant('assigned/yes');
  const assigned = node('assigned', {
    operation: 'Identity',
    inputs: [yes.name, ...nodes.filter(({ operation }) => operation === 'AssignVariableOp').map(after)],
    attributes: [attribute.type('T', booleanType())],
  });
  nodes.push(yes, assigned);
  return { nodes, entry: { inputs, outputs: new Map(), done: 'assigned' } };
}

/** One operation of a graph. */
export function node(name: string, { operation, inputs, attributes }: Omit<GraphNode, 'name'>): GraphNode {
  return { name, operation, inputs, attributes };
}

/** This node as an input of one that must run after it. */
export const after = ({ name }: Pick<GraphNode, 'name'>): string => `^${name}`;
/** The node of a reference to one of its outputs. */
export const nameOf = (reference: string): string => reference.replace(/:\d+$/, '');
/** TensorFlow's number of the boolean type. */
export const booleanType = (): number => backend().binding.TF_BOOL;

/** A constant `true`. */
export function trueConstant(name: string): GraphNode {
  return node(name, {
    operation: 'Const',
    inputs: [],
    attributes: [
      attribute.type('dtype', booleanType()),
      { name: 'value', constant: { dtype: booleanType(), shape: [], values: Uint8Array.of(1) } },
    ],
  });
}
