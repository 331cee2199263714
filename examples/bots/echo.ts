// Says to each contact what it has said: `node examples/bots/echo.ts`.
import { openAccount } from './open-account.ts';

const gravy = await openAccount('echo');
gravy.onEvent((event) => {
  if (event.method !== 'message.received') return;
  const { id, contact, text, replyTo } = event.params.message;
  // An answer is not answered: two echoes would never be silent again.
  if (text === undefined || replyTo !== undefined) return;
  // Stored before this resolves, and sent when the contact is there.
  gravy.call('message.send', { contact, text, replyTo: id }).catch(console.error);
});
await gravy.closed;
