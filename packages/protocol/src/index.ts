export { ProtocolError } from './errors.js';
export type { ProtocolErrorCode } from './errors.js';

export { portableBackend } from './backend/portable.js';
export type {
  AgreementKeyPair,
  CryptoBackend,
  Encapsulation,
  KemKeyPair,
  SigningKeyPair,
} from './backend/crypto-backend.js';

export { OwnKey } from './identity-key/own-key.js';
export { assertPeerId } from './identity-key/peer-id.js';
export { verifyStrict } from './identity-key/verify-strict.js';
export type { StrictSignature } from './identity-key/verify-strict.js';
export { upgradePath } from './upgrade-path.js';

export { startHandshake } from './handshake/start-handshake.js';
export type { ClientHandshakeOptions } from './handshake/start-handshake.js';
export type { ClientAwaitingReply } from './handshake/client-awaiting-reply.js';
export type { ClientAwaitingAcceptance } from './handshake/client-awaiting-acceptance.js';
export { awaitHandshake } from './handshake/await-handshake.js';
export type { ServerAwaitingHello, ServerHandshakeOptions } from './handshake/await-handshake.js';
export type { OpenInvite } from './handshake/invite-match.js';
export type { ServerAwaitingProof } from './handshake/server-awaiting-proof.js';
export type { PeerProven } from './handshake/peer-proven.js';
export type { RandomDraw, RandomSource } from './random-source.js';

export type { ClientSession } from './record/client-session.js';
export type { ServerSession } from './record/server-session.js';
export type { Session } from './record/session.js';
export type { EpochUsage } from './record/epoch-usage.js';
export type { PeerClose } from './record/peer-close.js';
export type { ReceivedRecord } from './record/received-record.js';
export type { Role } from './record/role.js';
export { CLOSE_CODE, mayReconnectAfter } from './record/close-code.js';
export type { CloseCode } from './record/close-code.js';
export { APPLICATION_KIND, isApplicationKind } from './record/kind.js';
export { MAX_BODY_BYTES, MAX_MESSAGE_BYTES, MAX_OPEN_INVITES } from './limits.js';

export { openChannel } from './channel/open-channel.js';
export type { ClientChannelOptions } from './channel/open-client-channel.js';
export type { ServerChannelOptions } from './channel/open-server-channel.js';
export type { Authorize, ProvenPeer } from './channel/decide.js';
export type { Channel } from './channel/channel.js';
export type { ChannelEnd } from './channel/channel-end.js';
export type { Duplex } from './channel/duplex.js';

export { memoryDuplexPair } from './duplex/memory-duplex.js';
export { messagePortDuplex } from './duplex/message-port-duplex.js';
export type { MessagePortLike } from './duplex/message-port-duplex.js';
export { webSocketDuplex } from './duplex/web-socket-duplex.js';
export type { WebSocketLike } from './duplex/web-socket-duplex.js';
