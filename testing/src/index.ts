export { mutate } from './mutate.js';
export { SeededRandom } from './seeded-random.js';
export { fuzz } from './fuzz.js';
export type { FuzzTarget } from './fuzz.js';
export { reportSoak, soakCount } from './soak.js';
