import type { Contact, GravyClient, GravyEvent, Message, MethodName } from '@gravy/messenger';

type Answers = { [method in MethodName]?: (params: never) => unknown };

/** A core that answers from a list and tells what it is told to: for what a screen does with either. */
export class ScriptedClient implements GravyClient {
  readonly calls: { readonly method: MethodName; readonly params: unknown }[] = [];
  readonly closed = new Promise<void>(() => undefined);
  readonly #answers: Answers;
  readonly #listeners = new Set<(event: GravyEvent) => void>();

  constructor(messages: readonly Message[], answers: Answers = {}) {
    this.#answers = {
      'session.list': () => [],
      'message.typing': () => ({}),
      'message.markRead': () => ({}),
      'message.history': ({ before, limit = 50 }: { before?: string; limit?: number }) => {
        const end =
          before === undefined ? messages.length : messages.findIndex(({ id }) => id === before);
        const from = Math.max(0, end - limit);
        return { messages: messages.slice(from, end), more: from > 0 };
      },
      ...answers,
    };
  }

  call: GravyClient['call'] = async (method, params) => {
    this.calls.push({ method, params });
    const answer = this.#answers[method];
    if (answer === undefined) throw new Error(`Nobody expected ${method}.`);
    return (await answer(params as never)) as never;
  };

  onEvent = (listener: (event: GravyEvent) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  emit(event: GravyEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  callsOf(method: MethodName): unknown[] {
    return this.calls.filter((call) => call.method === method).map(({ params }) => params);
  }

  async close(): Promise<void> {}
}

export const ADA = 'gravy1ada';

export function contactNamed(name: string, more: Partial<Contact> = {}): Contact {
  const flags = { named: true, verified: false, blocked: false, online: false };
  return { id: ADA, name, ...flags, addresses: [], unread: 0, ...more };
}

const BEGAN_AT = new Date(2024, 0, 8, 9, 0).getTime();

/** One message a minute. */
export function message(index: number, more: Partial<Message> = {}): Message {
  const direction = index % 2 === 0 ? 'in' : 'out';
  const text = `message number ${index}`;
  const at = BEGAN_AT + index * 60_000;
  return { id: `m${index}`, contact: ADA, direction, at, text, state: 'delivered', ...more };
}
