/** Writes the norms that treat each image by itself as nodes of ONNX. */
import type { PortableNode } from '../../layers/index.ts';
import {
  float,
  int,
  ints,
  isPicture,
  perChannel,
  reshaped,
  sizesOf,
  type Graph,
  type Site,
} from './graph.ts';

type Norm<Name> = Extract<PortableNode, { operation: Name }>;

/**
 * InstanceNormalization over [rows, groups, numbers of a group], then a scale and an offset for each channel.
 */
export function groupNorm(
  { weights: { scale, offset }, groups, epsilon, shape }: Norm<'group-norm'>,
  { graph, values: [x] }: Site,
): string {
  if (isPicture(shape) && groups === scale.values.length) {
    const inputs = [x, graph.constant('scale', scale), graph.constant('offset', offset)];
    return graph.add('InstanceNormalization', inputs, { epsilon: float(epsilon) });
  }
  const size = shape.reduce((product, one) => product * one, 1) / groups;
  const even = (name: string, value: number) =>
    graph.constant(name, { shape: [groups], values: new Float32Array(groups).fill(value) });
  const normal = graph.add(
    'InstanceNormalization',
    [reshaped(graph, x, [groups, size]), even('ones', 1), even('zeros', 0)],
    { epsilon: float(epsilon) },
  );
  const back = reshaped(graph, normal, sizesOf(shape));
  const scaled = graph.add('Mul', [back, graph.constant('scale', perChannel(scale, shape))]);
  return graph.add('Add', [scaled, graph.constant('offset', perChannel(offset, shape))]);
}

/**
 * Virtual batch normalisation: mixes the fixed moments with those of the image's own positions, weighted by
 * `share`.
 */
export function referenceNorm(
  { weights, share, epsilon, shape }: Norm<'reference-norm'>,
  { graph, values: [x] }: Site,
): string {
  const number = (name: string, value: number) =>
    graph.constant(name, { shape: [], values: Float32Array.of(value) });
  const channels = (name: keyof typeof weights) => graph.constant(name, perChannel(weights[name], PICTURE));
  const rest = number('rest', 1 - share);
  const own = number('share', share);
  const joined = (ours: string, fixed: string) =>
    graph.add('Add', [graph.add('Mul', [ours, own]), graph.add('Mul', [fixed, rest])]);

  const picture = isPicture(shape) ? x : reshaped(graph, x, [...shape, 1, 1]);
  const mean = meanOfPositions(graph, picture);
  const variance = meanOfPositions(graph, squared(graph, graph.add('Sub', [picture, mean])));
  const fixedMean = channels('mean');
  const gap = squared(graph, graph.add('Sub', [mean, fixedMean]));
  const bothVariance = graph.add('Add', [
    joined(variance, channels('variance')),
    graph.add('Mul', [gap, number('share_of_gap', share * (1 - share))]),
  ]);
  const deviation = graph.add('Sqrt', [graph.add('Add', [bothVariance, number('epsilon', epsilon)])]);
  const centred = graph.add('Sub', [picture, joined(mean, fixedMean)]);
  const normal = graph.add('Div', [centred, deviation]);
  const result = graph.add('Add', [graph.add('Mul', [normal, channels('scale')]), channels('offset')]);
  return isPicture(shape) ? result : reshaped(graph, result, shape);
}

/** The shape of any picture: `perChannel` only needs to know that it is one. */
const PICTURE = [1, 1, 1];

const meanOfPositions = (graph: Graph, x: string): string =>
  graph.add('ReduceMean', [x], { axes: ints(2, 3), keepdims: int(1) });

const squared = (graph: Graph, x: string): string => graph.add('Mul', [x, x]);
