/**
 * Real points of the plane, a data set without images: their layouts, and the ones on which GANs are studied.
 */
import { z } from 'zod';
import { setting, settingOf } from './setting.ts';

/** A coordinate, in the points' own units. */
const coordinate = z.number().min(-1e6).max(1e6);
/** The standard deviation of points about their centre, in each direction. */
const deviationSchema = setting(z.number().positive().max(10), { title: 'Deviation', step: 0.0001 });
/** The deviation of the layouts that have a single one, except `own`. */
export const deviationSetting = settingOf(deviationSchema, 'deviation');

/**
 * The distribution of real points in the plane: normal about centres that are equally likely. Blobs each have
 * a deviation and a weight of their own, and a spiral has a centre at every point of its arms.
 */
export const pointsSchema = z.discriminatedUnion('layout', [
  z.object({
    layout: z.literal('ring'),
    modes: z.number().int().min(2).max(64),
    radius: z.number().positive().max(100),
    deviation: deviationSchema,
  }),
  z.object({
    layout: z.literal('grid'),
    side: z.number().int().min(2).max(10),
    spacing: z.number().positive().max(100),
    deviation: deviationSchema,
  }),
  z.object({
    layout: z.literal('blobs'),
    blobs: z
      .array(
        z.object({
          centre: z.tuple([coordinate, coordinate]),
          deviation: deviationSchema,
          weight: z.number().positive().max(1000),
        }),
      )
      .min(1)
      .max(64),
  }),
  z.object({
    layout: z.literal('spiral'),
    arms: z.number().int().min(1).max(8),
    turns: z.number().positive().max(5),
    radius: z.number().positive().max(100),
    deviation: deviationSchema,
  }),
  z.object({
    layout: z.literal('own'),
    centres: z
      .array(z.tuple([z.number(), z.number()]))
      .min(2)
      .max(10_000),
    deviation: setting(z.number().min(0).max(10), {
      title: 'Deviation',
      description: 'standard deviation of the real points around each centre',
    }),
  }),
]);
export type Points = z.infer<typeof pointsSchema>;

/** The sets that GANs are studied on. Ring and grid: Srivastava et al. 2017 (VEEGAN), section 4.1. */
export const STUDY_POINTS = {
  ring: { layout: 'ring', modes: 8, radius: 1, deviation: 0.01 },
  grid: { layout: 'grid', side: 5, spacing: 2, deviation: 0.05 },
  blobs: {
    layout: 'blobs',
    blobs: [
      { centre: [-0.7, 0.5], deviation: 0.25, weight: 5 },
      { centre: [0.8, 0.6], deviation: 0.08, weight: 2 },
      { centre: [0.2, -0.8], deviation: 0.14, weight: 3 },
    ],
  },
  spiral: { layout: 'spiral', arms: 2, turns: 1, radius: 1, deviation: 0.02 },
} satisfies Record<string, Points>;
