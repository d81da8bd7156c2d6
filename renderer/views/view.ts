/** What a view says of itself: all that the navigation and the window need to know of it. */
import type { Component } from 'svelte';
import type { RunRecord } from '../state/run-record.svelte.ts';

type Icon = Component<{ 'size'?: number; 'strokeWidth'?: number; 'aria-hidden'?: boolean }>;

/**
 * A view that shows a run is given its record; `withoutRun` is what stands in its place until there is a run.
 */
type Content =
  | { component: Component; withoutRun?: undefined }
  | { component: Component<{ record: RunRecord }>; withoutRun: { title: string; text: string } };

/** `title` is what the navigation calls it. */
export type View = {
  title: string;
  icon: Icon;
  /** Tells of no run: the window has no run bar above it. */
  runBar?: false;
  /** Views that are not about work stand at the foot of the navigation, or in the menu bar only. */
  place?: 'foot' | 'menu';
} & Content;
