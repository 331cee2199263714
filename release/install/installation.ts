// An empty folder with one version of Node, into which plain npm installs the tarballs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Program, run } from './program.ts';

export class Installation {
  readonly #folder: string;
  readonly #project: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#project = join(folder, 'project');
    // Nothing of the repository: neither its tools nor what npm sets for scripts.
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(?:npm_|GRAVY_|INIT_CWD$|NODE_OPTIONS$|NODE_PATH$)/iu.test(name),
    );
    const path = (process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((entry) => !entry.includes('node_modules'));
    const runtime = join(folder, 'runtime', 'node_modules', '.bin');
    this.#env = {
      ...Object.fromEntries(inherited),
      PATH: [runtime, ...path].join(delimiter),
      npm_config_update_notifier: 'false',
      npm_config_fund: 'false',
      npm_config_audit: 'false',
    };
  }

  /** Installs Node of this version into `folder`, and with it and npm the tarballs. */
  static async create(
    folder: string,
    nodeVersion: string,
    tarballs: readonly string[],
  ): Promise<Installation> {
    const installation = new Installation(folder);
    const runtime = join(folder, 'runtime');
    for (const empty of [runtime, installation.#project]) {
      mkdirSync(empty, { recursive: true });
      writeFileSync(join(empty, 'package.json'), '{ "private": true }\n');
    }
    const { env } = installation.options();
    await run(['npm', 'install', `node@${nodeVersion}`], { cwd: runtime, env });
    const version = (await installation.run(['node', '--version'])).trim();
    if (version !== `v${nodeVersion}`) throw new Error(`This is Node ${version}.`);
    await installation.run(['npm', 'install', ...tarballs]);
    return installation;
  }

  /** How programs are started in the project; for a person's, with a home of their own. */
  options(person?: string): { cwd: string; env: NodeJS.ProcessEnv } {
    const own =
      person === undefined
        ? {}
        : { GRAVY_HOME: join(this.#folder, person), GRAVY_PASSWORD: `the password of ${person}` };
    return { cwd: this.#project, env: { ...this.#env, ...own } };
  }

  run(words: readonly string[], person?: string): Promise<string> {
    return run(words, this.options(person));
  }

  start(words: readonly string[], person?: string): Program {
    return new Program(words, this.options(person));
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.#project, name), content);
  }
}
