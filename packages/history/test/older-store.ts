import { connect } from '../src/encrypted-file.js';
import { MIGRATIONS } from '../src/schema.js';
import { idOf, key } from './fresh-store.js';

/** Makes a store as version 1 left it, with one contact and so many messages. */
export function makeOlderStore(path: string, count: number): void {
  const database = connect(path, key, {});
  database.pragma('journal_mode = WAL');
  database.pragma('secure_delete = ON');
  database.exec(MIGRATIONS[0] ?? '');
  database.exec('BEGIN');
  database
    .prepare(
      'INSERT INTO contacts (id, name, name_key, addresses, added_at) VALUES (?, ?, ?, ?, 0)',
    )
    .run(idOf(32, 1), 'Ada', 'ada', '["ws://a"]');
  const message = database.prepare(
    'INSERT INTO messages (contact, direction, id, at, text, state) VALUES (1, 1, ?, ?, ?, 1)',
  );
  for (let number = 0; number < count; number += 1) {
    message.run(idOf(16, number), number, `message ${number}`);
  }
  database.pragma('user_version = 1');
  database.exec('COMMIT');
  database.close();
}
