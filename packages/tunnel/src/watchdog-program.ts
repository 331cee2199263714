/**
 * The watchdog's program, as text for `node -e`: so it is found wherever an application puts its code, in one bundled
 * file too. It is plain JavaScript of any Node, and knows three lines on standard input:
 *
 * - `watch PID`: this process is to end with the one that writes here.
 * - `release PID`: it has ended, or was ended in order.
 * - the end of input: whoever wrote is gone, killed perhaps. What is still watched is ended, and the watchdog ends.
 *
 * A terminal's signals go to the whole group of processes, and this one has to outlive the others by a moment.
 */
export const WATCHDOG_PROGRAM = String.raw`'use strict';
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM', 'SIGQUIT', 'SIGBREAK', 'SIGTSTP', 'SIGTTOU', 'SIGTTIN', 'SIGPIPE']) {
  try { process.on(signal, () => {}); } catch {}
}
const graceMs = Number(process.argv[process.argv.length - 1]);
const watched = new Map();

// When a process started, so that its number is not mistaken when another gets it. Empty where there is none.
function startOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync('/proc/' + pid + '/stat', 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? '' : fields[19];
    }
    process.kill(pid, 0);
    if (process.platform === 'win32') return 'alive';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C' } }).toString().trim();
  } catch {
    return '';
  }
}
function signal(pid, name) {
  try { process.kill(pid, name); } catch {}
}
function end(pid, start) {
  if (start === '' || startOf(pid) !== start) return;
  signal(pid, 'SIGTERM');
  const deadline = process.uptime() * 1000 + graceMs;
  const timer = setInterval(() => {
    if (startOf(pid) !== start) clearInterval(timer);
    else if (process.uptime() * 1000 >= deadline) { signal(pid, 'SIGKILL'); clearInterval(timer); }
  }, 50);
}
function obey(line) {
  const match = /^(watch|release) ([0-9]{1,10})$/.exec(line);
  if (match === null) return;
  const pid = Number(match[2]);
  if (match[1] === 'release') watched.delete(pid);
  else if (pid > 1) watched.set(pid, startOf(pid));
}
let held = '';
let isOver = false;
function over() {
  if (isOver) return;
  isOver = true;
  for (const [pid, start] of watched) end(pid, start);
}
process.stdin.setEncoding('latin1');
process.stdin.on('data', (text) => {
  const lines = (held + text).split('\n');
  held = lines.pop();
  lines.forEach(obey);
});
process.stdin.on('end', over);
process.stdin.on('close', over);
process.stdin.on('error', over);
process.stdout.on('error', () => {});
process.stdout.write('ready\n');
`;
