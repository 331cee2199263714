import { PassThrough, Writable } from 'node:stream';
import { VirtualScreen } from './virtual-screen.js';

/** A terminal in memory, for what is rendered in this process: streams to render to, a screen, and keys. */
export class VirtualTerminal extends VirtualScreen {
  readonly stdin: PassThrough & { isTTY: true; setRawMode: (isRaw: boolean) => void };
  readonly stdout: Writable & { isTTY: true; columns: number; rows: number };
  isRaw = false;

  constructor(columns: number, rows: number) {
    super(columns, rows, { hasLineDiscipline: true });
    const write = (chunk: Buffer, _encoding: string, done: () => void): void =>
      this.write(chunk, done);
    this.stdout = Object.assign(new Writable({ write }), { isTTY: true as const, columns, rows });
    this.stdin = Object.assign(new PassThrough(), {
      isTTY: true as const,
      setRawMode: (isRaw: boolean): void => {
        this.isRaw = isRaw;
      },
      ref: () => undefined,
      unref: () => undefined,
    });
  }

  press(keys: string): void {
    this.stdin.write(keys);
  }

  async pressFor(keys: string, condition: string | RegExp): Promise<string> {
    this.press(keys);
    return this.shows(condition);
  }

  override resize(columns: number, rows: number): void {
    super.resize(columns, rows);
    Object.assign(this.stdout, { columns, rows });
    this.stdout.emit('resize');
  }
}
