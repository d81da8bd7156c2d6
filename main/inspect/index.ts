/** The backprop inspector: walks the networks of a run as data, through its own step, op by op. */
export { Inspector, type Snapshot, type Source } from './inspector.ts';
