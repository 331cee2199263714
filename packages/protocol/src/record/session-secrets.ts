/** The keys a finished handshake gives a session: Spec 2.10. */
export interface SessionSecrets {
  /** c2s_0 */
  readonly clientToServer: Uint8Array;
  /** s2c_0 */
  readonly serverToClient: Uint8Array;
  /** rk_0 */
  readonly root: Uint8Array;
  /** sid */
  readonly sessionId: Uint8Array;
}
