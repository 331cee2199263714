// What every bot here begins with: an account of its own, that hosts. Its password is in GRAVY_PASSWORD, its folder in GRAVY_HOME.
import { parseArgs } from 'node:util';
import { openGravy, type Gravy } from '@gravy/messenger';

/** Opens the account of this name, which is made the first time, hosts, and prints an invite for whoever runs the bot. */
export async function openAccount(name: string): Promise<Gravy> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });
  const { GRAVY_HOME: home = `${name}-bot`, GRAVY_PASSWORD: password } = process.env;
  // Who starts this bot's own programs need not hand them its password.
  delete process.env['GRAVY_PASSWORD'];
  if (password === undefined) throw new Error('Set GRAVY_PASSWORD: it locks the key of the bot.');

  const gravy = await openGravy({ home });
  const accounts = await gravy.call('account.list', {});
  const isThere = accounts.some((account) => account.name === name);
  await gravy.call(isThere ? 'account.unlock' : 'account.create', { name, password });
  const { url } = await gravy.call('host.start', { port: Number(values.port) });
  const { invite } = await gravy.call('invite.create', {});
  console.log(`${name} hosts at ${url}. This lets one person in, within 24 hours:\n${invite}`);

  process.once('SIGINT', () => void gravy.close());
  process.once('SIGTERM', () => void gravy.close());
  return gravy;
}
