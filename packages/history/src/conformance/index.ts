export { historyConformance } from './history-conformance.js';
export type { ConformanceCase, ConformingHistory } from './conforming-history.js';
