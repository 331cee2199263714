export { startEdge } from './edge.ts';
export type { Edge } from './edge.ts';
export type { ApiBehaviour } from './quick-service.ts';
export { createStandIn } from './stand-in.ts';
export type { StandIn } from './stand-in.ts';
export type { StandInBehaviour, StandInCall } from './behaviour.ts';
export { mapPublicNames } from './public-names.ts';
