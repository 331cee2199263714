import * as z from 'zod';

/** Unix time in milliseconds. */
export const timeSchema = z.int().nonnegative();

/** A contact as a caller names it: its `gravy1...` id, or the name it was given. */
export const contactReferenceSchema = z.string().min(1).max(4096);

export const accountSchema = z.strictObject({ name: z.string(), id: z.string() });

/** A message that came in is `delivered` once stored here and `read` once marked so. */
export const messageStateSchema = z.enum([
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'cancelled',
]);

export const fileStateSchema = z.enum([
  'offered',
  'transferring',
  'paused',
  'done',
  'declined',
  'cancelled',
  'failed',
]);

export const fileSchema = z.strictObject({
  id: z.string(),
  contact: z.string(),
  direction: z.enum(['in', 'out']),
  /** Of the last component of a path, cleaned. */
  name: z.string(),
  size: z.int().nonnegative(),
  /** What has arrived: below `size` until the receiver has checked the hash. */
  bytes: z.int().nonnegative(),
  state: fileStateSchema,
  folder: z.boolean(),
  /** What is sent; of a received one where it is, once done. A folder's is its root. */
  path: z.string().optional(),
  /** Why it was paused or has ended. */
  reason: z.string().optional(),
});

export const messageSchema = z.strictObject({
  id: z.string(),
  contact: z.string(),
  direction: z.enum(['in', 'out']),
  at: timeSchema,
  receivedAt: timeSchema.optional(),
  text: z.string().optional(),
  /** Instead of a text. */
  file: fileSchema.optional(),
  state: messageStateSchema,
  replyTo: z.string().optional(),
});

export const contactSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** False: the name is what the contact calls itself, or made up. */
  named: z.boolean(),
  verified: z.boolean(),
  blocked: z.boolean(),
  online: z.boolean(),
  addresses: z.array(z.string()),
  unread: z.int().nonnegative(),
  lastMessage: messageSchema.optional(),
});

export const roleSchema = z.enum(['host', 'guest']);

export const sessionSchema = z.strictObject({
  id: z.string(),
  contact: z.string(),
  role: roleSchema,
  openedAt: timeSchema,
  /** The address of the other end, as the socket reports it: it proves nothing. */
  remote: z.string(),
  tunnel: z.boolean(),
});

export const closeReasonSchema = z.enum([
  'exit',
  'kicked',
  'peer_exit',
  'lost',
  'protocol_error',
  'superseded',
  'shutdown',
  'session_age',
  'rekey_timeout',
  'not_a_contact',
]);

/**
 * What a host is doing: `listening` on this machine's addresses; with a tunnel `starting`, `registered`,
 * `reachable` (its URL may be shared), `degraded` (the edge has lost it for a moment), `restarting` (a
 * quick tunnel gets a new URL), `closed` (the tunnel is gone, guests on this network still get in).
 */
export const hostStateSchema = z.enum([
  'listening',
  'starting',
  'registered',
  'reachable',
  'degraded',
  'restarting',
  'closed',
  'stopped',
]);

/** Who gets in besides contacts and bearers of invites: nobody, or whoever the person lets in. */
export const policySchema = z.enum(['contacts', 'ask']);

export const requestSchema = z.strictObject({
  /** The stranger's public key. */
  id: z.string(),
  receivedAt: timeSchema,
  safetyNumber: z.string(),
});

export const inviteStateSchema = z.enum(['open', 'used', 'expired', 'revoked']);

export const inviteSchema = z.strictObject({
  id: z.string(),
  state: inviteStateSchema,
  createdAt: timeSchema,
  expiresAt: timeSchema,
  /** What its bearer will be called. */
  contactName: z.string().optional(),
  /** The contact who came by it. */
  usedBy: z.string().optional(),
  usedAt: timeSchema.optional(),
  urls: z.array(z.string()),
});

export const settingsSchema = z.strictObject({
  /** Say that a text was read, and see it of others: only if both allow it. */
  readReceipts: z.boolean(),
  /** Say that one is writing, and see it of others: only if both allow it. */
  typing: z.boolean(),
  /** Dial again when a session is lost. */
  reconnect: z.boolean(),
  /** What contacts are told one would like to be called; empty tells them nothing. */
  profileName: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= 256, 'a name may have at most 256 bytes')
    .refine((text) => text.isWellFormed(), 'text has half a surrogate pair'),
  theme: z.enum(['system', 'light', 'dark']),
  /** By contact's id: files up to so many bytes are accepted without asking. */
  autoAccept: z.record(z.string().max(128), z.int().nonnegative()),
});

export const tunnelChoiceSchema = z.enum(['none', 'quick', 'named']);

/** One thing that was looked at: `note` is worth knowing and stops nothing, `failed` does. */
export const diagnosisSchema = z.strictObject({
  name: z.string(),
  status: z.enum(['ok', 'note', 'failed']),
  /** What was seen and, unless it is in order, what to do. */
  message: z.string(),
});

/** What is the matter with a history's file, and how many rows of each table read. */
export const historyConditionSchema = z.strictObject({
  /** Of 4,096 bytes each. */
  pages: z.int().nonnegative(),
  /** How many of them are not what was written. */
  damagedPages: z.int().nonnegative(),
  /** Which, by number from 1 on; at most 100. */
  firstDamagedPages: z.array(z.int().positive()),
  /** Empty: nothing of it reads. */
  tables: z.array(
    z.strictObject({ name: z.string(), rows: z.int().nonnegative(), complete: z.boolean() }),
  ),
});

/** A text or file of a conversation. */
export type Message = z.output<typeof messageSchema>;
/** How far a message is. */
export type MessageState = z.output<typeof messageStateSchema>;
/** Somebody this account knows. */
export type Contact = z.output<typeof contactSchema>;
/** A connection with a contact. */
export type SessionInfo = z.output<typeof sessionSchema>;
/** Which side of a session this account is. */
export type Role = z.output<typeof roleSchema>;
/** Why a session has ended. */
export type CloseReason = z.output<typeof closeReasonSchema>;
/** An account of this home. */
export type AccountInfo = z.output<typeof accountSchema>;
/** What a host is doing. */
export type HostState = z.output<typeof hostStateSchema>;
/** Who gets in besides contacts and bearers of invites. */
export type Policy = z.output<typeof policySchema>;
/** A stranger who asks to be let in. */
export type RequestInfo = z.output<typeof requestSchema>;
/** An invite and what became of it. */
export type InviteInfo = z.output<typeof inviteSchema>;
/** What became of an invite. */
export type InviteState = z.output<typeof inviteStateSchema>;
/** What the person has chosen. */
export type Settings = z.output<typeof settingsSchema>;
/** One thing that was looked at. */
export type Diagnosis = z.output<typeof diagnosisSchema>;
/** What is the matter with the file of a history, and what still reads. */
export type HistoryCondition = z.output<typeof historyConditionSchema>;
/** A file or folder on its way, or done. */
export type FileInfo = z.output<typeof fileSchema>;
/** How far a file is. */
export type FileState = z.output<typeof fileStateSchema>;
