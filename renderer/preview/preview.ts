import '../policy.ts';
import { fakeBridge } from './fake-bridge.ts';
Object.assign(window, { studio: fakeBridge, fakeSend: (events: unknown) => events });
await import('../main.ts');
