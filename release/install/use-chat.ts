// Two people, two processes of `npx @gravy/cli`, one invite: they talk, and the history of each has both texts.
import type { Installation } from './installation.ts';

const QUESTION = 'Did you install it from a tarball?';
const ANSWER = 'Yes, and it works.';

const gravy = (...words: string[]): readonly string[] => ['npx', '@gravy/cli', ...words];

export async function chat(installation: Installation): Promise<void> {
  await installation.run(gravy('account', 'create', 'ada'), 'ada');
  await installation.run(gravy('account', 'create', 'ben'), 'ben');
  const host = installation.start(gravy('host', '--port', '0', '--invite', 'Ben'), 'ada');
  const invite = await host.says(/gravyinvite1\w+/u);
  const guest = installation.start(gravy('connect', '-'), 'ben');
  try {
    guest.type(invite);
    await guest.says(/Connected to ada/u);
    guest.type(QUESTION);
    await host.says(new RegExp(`Ben: ${QUESTION.replace('?', '\\?')}`, 'u'));
    host.type(ANSWER);
    await guest.says(new RegExp(`ada: ${ANSWER}`, 'u'));
    guest.type('/quit');
    await guest.ends();
    await host.says(/Ben left/u);
    host.type('/quit');
    await host.ends();
  } finally {
    await guest.kill();
    await host.kill();
  }
  for (const [person, contact] of [
    ['ada', 'Ben'],
    ['ben', 'ada'],
  ] as const) {
    const history = await installation.run(gravy('history', 'show', contact), person);
    if (!history.includes(QUESTION) || !history.includes(ANSWER)) {
      throw new Error(`The history of ${person} lacks a text:\n${history}`);
    }
  }
}
