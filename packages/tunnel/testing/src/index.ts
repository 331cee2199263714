export { startEdge } from './edge.ts';
export type { ApiBehaviour, Edge } from './edge.ts';
export { createStandIn } from './stand-in.ts';
export type { StandIn } from './stand-in.ts';
export type { StandInBehaviour, StandInCall } from './behaviour.ts';
export { mapPublicNames } from './public-names.ts';
