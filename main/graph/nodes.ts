/** How a graph's operations are written, and the resource variables that every step of a graph shares. */
import { attribute, backend, type Shape } from '../tensor.ts';
import type { GraphNode, NodeAttribute } from './saved-model.ts';

/** A resource variable, as the graph knows it. */
export type Variable = { handle: string; read: string; dtype: number; shape: Shape };

/** Where to feed and to fetch; `done` must be fetched, or nothing is updated. */
export type Entry = { inputs: Map<string, string>; outputs: Map<string, string>; done: string };

/** The nodes that hold a variable and read it at the start of a step. */
export function variableNodes(
  name: string,
  index: number,
  { dtype, shape }: { dtype: number; shape: Shape },
): { variable: Variable; nodes: GraphNode[] } {
  const [handle, read] = [`variable${index}`, `variable${index}/read`];
  const nodes = [
    node(
      handle,
      'VarHandleOp',
      [],
      [
        attribute.type('dtype', dtype),
        attribute.shape('shape', shape),
        attribute.text('shared_name', name),
        attribute.text('container', ''),
      ],
    ),
    node(read, 'ReadVariableOp', [handle], [attribute.type('dtype', dtype)]),
  ];
  return { variable: { handle, read, dtype, shape }, nodes };
}

/** The nodes that set variables to what is fed. */
export function assignmentNodes(variables: Map<string, Variable>): { nodes: GraphNode[]; entry: Entry } {
  const nodes: GraphNode[] = [];
  const inputs = new Map<string, string>();
  for (const [name, { handle, dtype, shape }] of variables) {
    const given = node(
      `${handle}/new`,
      'Placeholder',
      [],
      [attribute.type('dtype', dtype), attribute.shape('shape', shape)],
    );
    // tfjs-node lends TensorFlow the memory of JavaScript's arrays; updates in place must not write there.
    const copy = node(`${handle}/copy`, 'DeepCopy', [given.name], [attribute.type('T', dtype)]);
    nodes.push(
      given,
      copy,
      node(`${handle}/assign`, 'AssignVariableOp', [handle, copy.name], [attribute.type('dtype', dtype)]),
    );
    inputs.set(name, given.name);
  }
  const yes = booleanConstant('assigned/yes');
  nodes.push(
    yes,
    node(
      'assigned',
      'Identity',
      [yes.name, ...nodes.filter(({ operation }) => operation === 'AssignVariableOp').map(after)],
      [attribute.type('T', yesType())],
    ),
  );
  return { nodes, entry: { inputs, outputs: new Map(), done: 'assigned' } };
}

/** One operation of a graph. */
export function node(
  name: string,
  operation: string,
  inputs: string[],
  attributes: NodeAttribute[],
): GraphNode {
  return { name, operation, inputs, attributes };
}

/** As an input: what must have run before. */
export const after = ({ name }: GraphNode): string => `^${name}`;
/** TensorFlow's number of the type of yes and no. */
export const yesType = (): number => backend().binding.TF_BOOL;

/** A constant yes. */
export function booleanConstant(name: string): GraphNode {
  return node(
    name,
    'Const',
    [],
    [
      attribute.type('dtype', yesType()),
      { name: 'value', constant: { dtype: yesType(), shape: [], values: Uint8Array.of(1) } },
    ],
  );
}
