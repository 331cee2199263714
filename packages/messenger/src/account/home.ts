import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where one account keeps what it has. */
export interface AccountPaths {
  readonly folder: string;
  readonly identity: string;
  readonly history: string;
  readonly lock: string;
  /** Received files. */
  readonly files: string;
}

/** The folder of Gravy's data; only its owner may look into it. */
export class Home {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get accountsFolder(): string {
    return join(this.folder, 'accounts');
  }

  /** A downloaded cloudflared. */
  get binFolder(): string {
    return join(this.folder, 'bin');
  }

  /** Records of running cloudflareds, of all accounts. */
  get tunnelFolder(): string {
    return join(this.folder, 'tunnel');
  }

  paths(account: string): AccountPaths {
    const folder = join(this.accountsFolder, account);
    return {
      folder,
      identity: join(folder, 'identity.json'),
      history: join(folder, 'history.db'),
      lock: join(folder, 'lock'),
      files: join(folder, 'files'),
    };
  }

  async prepare(): Promise<void> {
    await mkdir(this.accountsFolder, { recursive: true, mode: 0o700 });
    // The folder may be older than Gravy, or made by hand with wider permissions.
    await chmod(this.folder, 0o700);
    await chmod(this.accountsFolder, 0o700);
  }

  /** Names of the folders that may be accounts, in alphabetical order. */
  async accountNames(): Promise<string[]> {
    try {
      const entries = await readdir(this.accountsFolder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .toSorted((left, right) => left.localeCompare(right));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}
