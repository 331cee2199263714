export { ChaosProxy } from './chaos/chaos-proxy.js';
export type { ProxiedConnection } from './chaos/proxied-connection.js';
export type { Stretch, Treatment } from './chaos/treatment.js';
export { mutate } from './mutate.js';
export { SeededRandom } from './seeded-random.js';
export { fuzz } from './fuzz.js';
export type { FuzzTarget } from './fuzz.js';
export { reportSoak, soakCount } from './soak.js';
