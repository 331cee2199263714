/** What `send` rejects with once a connection has ended. A channel tells it as `session_over`. */
export function connectionOver(): Error {
  return new Error('The connection has ended. Connect again.');
}
