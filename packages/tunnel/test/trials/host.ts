// A program with a tunnel, to be ended in every way: `host.ts STAND-IN FOLDER PORT EDGE-PORT MODE`.
import { mapPublicNames } from '@gravy/cloudflared-stand-in';
import { openTunnel, type Tunnel } from '../../dist/index.js';

const [path = '', folder = '', port = '', edgePort = '', mode = ''] = process.argv.slice(2);
mapPublicNames(Number(edgePort));
const tunnel: Tunnel = await openTunnel({
  cloudflared: { path, version: '2026.8.3', source: 'setting' },
  origin: { port: Number(port), path: '/path' },
  folder,
  limits: { settleMs: 1, pollMs: 20 },
});
process.stdout.write(`open ${process.pid}\n`);

switch (mode) {
  case 'tidy':
    // As an application should.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, () => {
        void tunnel.close().then(() => process.exit(0));
      });
    }
    break;
  case 'throws':
    process.stdin.once('data', () => {
      throw new Error('a crash');
    });
    break;
  case 'exits':
    process.stdin.once('data', () => process.exit(3));
    break;
  default:
  // Ended by the signal, with nothing tidied up.
}
