import type { State } from './state.js';

/** Through what others reach the server that is about to be started. */
export function tunnelChoice({ choices }: State): 'none' | 'quick' | 'named' {
  const chosen = choices['tunnel'];
  return chosen === 'quick' || chosen === 'named' ? chosen : 'none';
}
