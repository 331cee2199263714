import { type FuzzTarget, mutate, type SeededRandom } from '@gravy/testing';
import { MAX_LINE_CHARACTERS } from '../../src/limits.js';
import { LineSplitter } from '../../src/line-splitter.js';
import { isQuickHostname, readOutputLine } from '../../src/output-line.js';

const WORDS = [
  '2026-08-20T10:00:00Z INF |  https://amber-brook-cedar-delta.trycloudflare.com  |\n',
  'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": EOF\n',
  '2026-08-20T10:00:00Z INF Generated Connector ID: 0f8fad5b-d9cb-469f-a165-70867728950e\r\n',
  '2026-08-20T10:00:00Z INF Registered tunnel connection connIndex=0 location=zzz01\n',
  'ERR Error unmarshaling QuickTunnel response: error code: 1015 status_code="429 Too Many Requests"\n',
  'Provided Tunnel token is not valid.\n',
].map((line) => Buffer.from(line));

/** Output of cloudflared with faults in it, in chunks of any size: every line is bounded, and no URL is one that cannot be. */
export const outputTarget: FuzzTarget = {
  name: 'cloudflared output',
  attempt(random: SeededRandom) {
    const lines = Array.from({ length: 1 + random.below(4) }, () =>
      mutate(random, random.oneIn(64) ? random.bytes(random.below(6_000)) : random.pick(WORDS)),
    );
    const bytes = Buffer.concat(lines);
    const splitter = new LineSplitter(MAX_LINE_CHARACTERS, (line) => {
      if (line.length > MAX_LINE_CHARACTERS) throw new Error('A line is too long.');
      if (line.includes('\n')) throw new Error('A line is two.');
      const finding = readOutputLine(line);
      if (finding?.kind !== 'url') return;
      if (!isQuickHostname(finding.hostname) || !line.includes(`https://${finding.hostname}`)) {
        throw new Error('A URL is none.');
      }
      if (new URL(`https://${finding.hostname}`).hostname !== finding.hostname) {
        throw new Error('A URL is another one to who dials it.');
      }
    });
    for (let at = 0; at < bytes.length;) {
      const size = 1 + random.below(700);
      splitter.push(bytes.toString('utf8', at, at + size));
      at += size;
    }
    splitter.finish();
  },
};
