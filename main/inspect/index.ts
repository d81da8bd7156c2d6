/**
 * The inspector: one turn of a run’s next step, taken op by op on a copy and shown layer by layer. It stands
 * above training, and changes nothing in a run.
 */
export { Inspector, type Snapshot, type InspectorSource } from './inspector.ts';
