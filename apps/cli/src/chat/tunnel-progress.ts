import type { GravyClient, GravyEvent } from '@gravy/messenger';
import type { Voice } from './voice.js';

type HostChange = Extract<GravyEvent, { method: 'host.changed' }>['params'];

/** Says what a tunnel is doing while a person waits for it; the returned function ends that. */
export function watchTunnel(gravy: GravyClient, voice: Voice): () => void {
  return gravy.onEvent((event) => {
    const words = event.method === 'host.changed' ? wordsFor(event.params) : undefined;
    if (words !== undefined) voice.notice(words);
  });
}

/** What a person hears of a tunnel; its coming up for the first time shows by itself. */
export function wordsFor({ state, running, url, message }: HostChange): string | undefined {
  const why = message === undefined ? '' : ` ${message}`;
  switch (state) {
    case 'starting':
      return running ? undefined : 'Starting a tunnel ...';
    case 'registered':
      return running
        ? undefined
        : 'The tunnel is up. Its name is known everywhere in some 12 s ...';
    case 'reachable':
      return running && url !== undefined ? `You are reachable at ${url}` : undefined;
    case 'degraded':
      return 'The tunnel has lost its connection for a moment; it tries again by itself.';
    case 'restarting':
      return `The tunnel is started anew.${why}`;
    case 'closed':
      return `The tunnel is gone.${why} Guests on your network still get in.`;
    case 'listening':
    case 'stopped':
      return undefined;
    default:
      return state satisfies never;
  }
}
