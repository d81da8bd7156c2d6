/**
 * Makes a frozen TensorFlow graph of a finished network, for any number of rows; pictures have the channels
 * last.
 */
import type { Endpoint, GraphNode, Signature } from '../../graph/index.ts';
import type { PortableNetwork } from '../../layers/index.ts';
import { attribute, backend, type Shape } from '../../tensor.ts';
import { freeName, LayerNodes, type Draft } from './layer-nodes.ts';
import { writeOperation } from './operations.ts';

/** Each node comes after its inputs. */
export type FrozenGraph = { nodes: GraphNode[]; signature: Signature };

/**
 * Inputs are placeholders and outputs are identities, both with their names in the network. The node of an
 * output that has the name of an input gets another one, and the signature still has the output's own.
 */
export function frozenGraph({ inputs, nodes, outputs }: PortableNetwork): FrozenGraph {
  const draft: Draft = { nodes: [], names: new Set() };
  const shapes = new Map<string, Shape>(Object.entries(inputs));
  const made = new Map<string, string>();
  const takes = Object.entries(inputs).map(([name, shape]) => {
    made.set(name, addPlaceholder(draft, name, shape));
    return [name, endpoint(made.get(name), shape)] as const;
  });
  // Outputs come last in the graph, but reserve their names before layers can take them.
  const ends = Object.entries(outputs).map(([name, from]) => ({ name, from, node: freeName(draft, name) }));
  for (const node of nodes) {
    const from = node.inputs.map((name) => existing(made, name)) as [string, ...string[]];
    made.set(node.name, writeOperation(node, { nodes: new LayerNodes(draft, node.name), inputs: from }));
    shapes.set(node.name, node.shape);
  }
  const gives = ends.map(({ name, from, node }) => {
    draft.nodes.push({
      name: node,
      operation: 'Identity',
      inputs: [existing(made, from)],
      attributes: [attribute.floatType('T')],
    });
    return [name, endpoint(node, shapes.get(from) ?? [])] as const;
  });
  return {
    nodes: draft.nodes,
    signature: { inputs: Object.fromEntries(takes), outputs: Object.fromEntries(gives) },
  };
}

function addPlaceholder(draft: Draft, input: string, shape: Shape): string {
  const name = freeName(draft, input);
  draft.nodes.push({
    name,
    operation: 'Placeholder',
    inputs: [],
    attributes: [attribute.floatType('dtype'), attribute.shape('shape', [-1, ...shape])],
  });
  return name;
}

const endpoint = (node = '', shape: Shape): Endpoint => ({
  tensor: `${node}:0`,
  dtype: backend().binding.TF_FLOAT,
  shape: [-1, ...shape],
});

function existing(made: ReadonlyMap<string, string>, name: string): string {
  const found = made.get(name);
  if (found !== undefined) return found;
  throw new Error(`Nothing in the network gives "${name}".`);
}
