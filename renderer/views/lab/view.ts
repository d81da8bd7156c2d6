/** The view's entry in the table of views. */
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import type { View } from '../view.ts';
import LabView from './LabView.svelte';

export const lab: View = { title: '2-D lab', icon: FlaskConical, runBar: false, component: LabView };
