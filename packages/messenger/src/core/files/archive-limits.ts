// What a folder that is sent as an archive may be made of. A sender keeps to it, a receiver insists.

/** Files and folders together: each costs its receiver an inode, and some memory while it is unpacked. */
export const MAX_ARCHIVE_ENTRIES = 250_000;
/** Of folders in each other. */
export const MAX_ARCHIVE_DEPTH = 64;
/** Of a path within the archive. */
export const MAX_ARCHIVE_PATH_BYTES = 4_096;
