/** How a view is declared: all that the navigation and the window need to know of it. */
import type { Component } from 'svelte';
import type { RunRecord } from '../state/run-record.svelte.ts';

type Icon = Component<{ 'size'?: number; 'strokeWidth'?: number; 'aria-hidden'?: boolean }>;

/** A view of a run receives its record as a property; `withoutRun` is shown until there is a run. */
type Content =
  | { component: Component; withoutRun?: undefined }
  | { component: Component<{ record: RunRecord }>; withoutRun: { title: string; text: string } };

/** `title` is what the navigation calls it. */
export type View = {
  title: string;
  icon: Icon;
  /** false: no run bar above it, since it is not about a run. */
  runBar?: false;
  /** Left out: in the navigation. The other views are at its foot, or in the menu bar only. */
  group?: 'foot' | 'menu';
} & Content;
