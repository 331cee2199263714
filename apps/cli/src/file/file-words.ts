import type { FileInfo } from '@gravy/messenger';
import { escapeLine } from '../terminal/escape.js';
import { formatBytes } from './amounts.js';

/** What a file is called, in quotes: its name may say anything. Escaped. */
export function nameOfFile({ name, folder }: Pick<FileInfo, 'name' | 'folder'>): string {
  return `${folder ? 'folder ' : ''}"${escapeLine(name)}"`;
}

/** What has become of a file, and how far it is. Escaped. */
export function describeState(file: FileInfo): string {
  const reason = file.reason === undefined ? '' : ` (${escapeLine(file.reason)})`;
  switch (file.state) {
    case 'offered':
      return file.direction === 'in' ? 'offered to you' : 'not accepted yet';
    case 'transferring':
    case 'paused': {
      const percent = file.size === 0 ? 0 : Math.floor((file.bytes * 100) / file.size);
      return `${file.state}, ${percent} %${reason}`;
    }
    case 'done':
      return file.direction === 'in' && file.path !== undefined
        ? `done: ${escapeLine(file.path)}`
        : 'done';
    case 'declined':
    case 'cancelled':
    case 'failed':
      return `${file.state}${reason}`;
    default:
      return file.state satisfies never;
  }
}

/** A file in one line, as a conversation shows it. Escaped. */
export function describeFile(file: FileInfo): string {
  return `${nameOfFile(file)}, ${formatBytes(file.size)}: ${describeState(file)}`;
}
