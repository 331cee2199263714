import { expect, onTestFinished, test } from 'vitest';
import { ExampleProcess } from './example-process.ts';

function start(name: string): ExampleProcess {
  const program = new ExampleProcess([process.execPath, `examples/chat-over-ws/${name}.ts`]);
  onTestFinished(() => void program.stop('SIGKILL'));
  return program;
}

test('two terminals chat, a second guest stays outside, and the end of the input ends both', async () => {
  const host = start('host');
  const [ticket] = await host.says(/^ws:.*$/mu);
  const guest = start('guest');
  guest.type(ticket);
  await host.says(/Your guest is here/u);
  const second = start('guest');
  second.type(ticket);

  guest.type('Hello, host');
  await host.says(/^They: Hello, host$/mu);
  host.type('Hello,\u001B[2Jguest');
  await guest.says(/^They: Hello,\uFFFD\[2Jguest$/mu);
  expect(await second.endInput()).not.toBe(0);
  expect(await guest.endInput()).toBe(0);
  await host.says(/The chat has ended/u);
  expect(await host.endInput()).toBe(0);
});
