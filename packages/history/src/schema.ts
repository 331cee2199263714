/**
 * The schema, as the steps that led to it; `user_version` counts those that a file has behind it. A
 * step that was released is never changed.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE contacts (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Folded for comparison; NULL once removed, which frees the name while the history stays.
    name_key TEXT UNIQUE,
    verified INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    addresses TEXT NOT NULL DEFAULT '[]',
    added_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    contact INTEGER NOT NULL REFERENCES contacts (key),
    direction INTEGER NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    received_at INTEGER,
    text TEXT NOT NULL,
    reply_to BLOB,
    state INTEGER NOT NULL,
    UNIQUE (contact, direction, id)
  ) STRICT;
  CREATE INDEX messages_in_order ON messages (contact, sequence);
  CREATE INDEX messages_unfinished ON messages (contact, sequence) WHERE direction = 1 AND state < 2;
  CREATE INDEX messages_unread ON messages (contact) WHERE direction = 0 AND state = 2;
  `,

  // Delivery: names and addresses with their origin, receipts, invites, strangers, settings.
  `
  ALTER TABLE contacts ADD COLUMN is_named INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE contacts ADD COLUMN address_sequence INTEGER NOT NULL DEFAULT 0;
  UPDATE contacts SET addresses = (
    SELECT json_group_array(json_object('url', value, 'origin', 'user', 'publicOnly', json('false')))
    FROM json_each(contacts.addresses)
  );

  -- Once more, with the id first in what is unique: a message is found by its id alone as well.
  CREATE TABLE messages_by_id_first (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    contact INTEGER NOT NULL REFERENCES contacts (key),
    direction INTEGER NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    received_at INTEGER,
    text TEXT NOT NULL,
    reply_to BLOB,
    state INTEGER NOT NULL,
    -- An incoming message whose reading the sender is still to be told of.
    to_report INTEGER NOT NULL DEFAULT 0,
    UNIQUE (id, contact, direction)
  ) STRICT;
  INSERT INTO messages_by_id_first
    SELECT sequence, contact, direction, id, at, received_at, text, reply_to, state, 0 FROM messages
    ORDER BY sequence;
  DROP TABLE messages;
  ALTER TABLE messages_by_id_first RENAME TO messages;
  CREATE INDEX messages_in_order ON messages (contact, sequence);
  CREATE INDEX messages_unfinished ON messages (contact, sequence) WHERE direction = 1 AND state < 2;
  CREATE INDEX messages_unread ON messages (contact) WHERE direction = 0 AND state = 2;
  CREATE INDEX messages_to_report ON messages (contact, sequence) WHERE to_report = 1;

  -- Ids of incoming messages that were deleted here, so that a repeat does not bring one back.
  CREATE TABLE deleted_messages (
    contact INTEGER NOT NULL REFERENCES contacts (key),
    id BLOB NOT NULL,
    PRIMARY KEY (contact, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invites (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    -- NULL once revoked or expired.
    psk BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    contact_name TEXT,
    urls TEXT NOT NULL,
    bearer BLOB,
    used_at INTEGER,
    revoked_at INTEGER
  ) STRICT;
  CREATE INDEX invites_open ON invites (key) WHERE psk IS NOT NULL;

  CREATE TABLE requests (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    received_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE blocked_strangers (
    id BLOB PRIMARY KEY,
    blocked_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,

  // Searching, and files as messages of a conversation.
  `
  -- Messages from first to last in the order of storing, and which of them have a term, by their
  -- distance from the first (search/position-set.ts).
  CREATE TABLE search_blocks (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE search_terms (
    -- Where one of search_blocks begins; not checked, which would take longer than the rest.
    block INTEGER NOT NULL,
    term TEXT NOT NULL,
    positions BLOB NOT NULL,
    PRIMARY KEY (block, term)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transfers (
    -- The message that stands for the file in its conversation; its text is the file's name.
    message INTEGER PRIMARY KEY REFERENCES messages (sequence) ON DELETE CASCADE,
    media_type TEXT,
    size INTEGER NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    is_folder INTEGER NOT NULL DEFAULT 0,
    file_state INTEGER NOT NULL DEFAULT 0,
    path TEXT,
    temporary_path TEXT,
    modified_at INTEGER,
    hash_state BLOB,
    sha256 BLOB,
    reason TEXT
  ) STRICT;
  CREATE INDEX transfers_unfinished ON transfers (message) WHERE file_state < 3;
  `,
];
