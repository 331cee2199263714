import type { Tunnels } from '../../src/core/ports/tunnel.js';

/** For accounts that host without one. */
export const noTunnels: Tunnels = {
  open: () => Promise.reject(new Error('There is no tunnel in this test.')),
};
