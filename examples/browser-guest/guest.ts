/// <reference lib="dom" />
// The page's side: the ticket stands in the page's own address, behind `#`, where no server sees it.
import { openChannel, OwnKey, upgradePath, webSocketDuplex } from '@gravy/protocol';
import { sendText, texts } from '../chat-over-ws/text.ts';
import { decodeTicket } from '../chat-over-ws/ticket.ts';

const [status, messages, form, input] = [
  element('p', HTMLParagraphElement),
  element('ul', HTMLUListElement),
  element('form', HTMLFormElement),
  element('input', HTMLInputElement),
];

function element<E extends Element>(selector: string, type: new () => E): E {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** Text is text: whatever the peer writes, it becomes no element. */
function show(text: string): void {
  const item = document.createElement('li');
  item.textContent = text;
  messages.append(item);
}

async function talk(): Promise<void> {
  const { url, id, psk } = decodeTicket(location.href.replace(/^http/u, 'ws'));
  // The secret works once; it need not stay in the history of the browser.
  history.replaceState(null, '', '/');
  const socket = new WebSocket(url.replace(/\/$/u, '') + upgradePath(id));
  const ownKey = OwnKey.fromSeed(crypto.getRandomValues(new Uint8Array(32)));
  const channel = await openChannel(webSocketDuplex(socket), {
    role: 'client',
    ownKey,
    peerId: id,
    psk,
  });
  status.textContent = 'Connected, end to end.';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    show(`You: ${input.value}`);
    void sendText(channel, input.value);
    input.value = '';
  });
  for await (const text of texts(channel)) show(`They: ${text}`);
  status.textContent = 'The chat has ended.';
}

talk().catch(() => {
  status.textContent = 'No connection. Ask for another link: each lets one person in, once.';
});
