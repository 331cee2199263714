export { openGravy } from './gravy.js';
export type { Gravy } from './gravy.js';
export { defaultHome } from './account/default-home.js';
export { ERRORS, MessengerError } from './errors.js';
export type { ErrorCode } from './errors.js';
export { InvalidCallError } from './api/client.js';
export type { GravyClient } from './api/client.js';
export { EVENTS } from './api/events.js';
export type { EventName, GravyEvent } from './api/events.js';
export { METHODS } from './api/methods.js';
export type { MethodName, ParamsOf, ResultOf } from './api/methods.js';
export type {
  AccountInfo,
  CloseReason,
  Contact,
  Diagnosis,
  FileInfo,
  FileState,
  HistoryCondition,
  HostState,
  InviteInfo,
  InviteState,
  Message,
  MessageState,
  Policy,
  RequestInfo,
  Role,
  SessionInfo,
  Settings,
} from './api/schemas.js';
export { serveLines } from './rpc/serve-lines.js';
export type { LineService } from './rpc/serve-lines.js';
export { createStreamClient } from './rpc/stream-client.js';
