import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportConversation, type ExportOptions, type NewMessage } from '../../src/index.js';
import { FreshStore, idOf } from '../fresh-store.js';

const ada = idOf(32, 1);

interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}
const schema = JSON.parse(
  readFileSync(new URL('../../export.schema.json', import.meta.url), 'utf8'),
) as Schema;

/** What of a value the schema does not know, or misses. */
function strays(
  value: unknown,
  { required, properties, items, ...rule }: Schema,
  at = '',
): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => strays(each, items ?? {}, `${at}[]`));
  if (rule.const !== undefined && rule.const !== value) return [at];
  if (rule.enum !== undefined && !rule.enum.includes(value)) return [at];
  if (typeof value !== 'object' || value === null || properties === undefined) return [];
  const missing = (required ?? []).filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, each]) => {
      const known = properties[name];
      return known === undefined ? [`${at}.${name}`] : strays(each, known, `${at}.${name}`);
    }),
  ];
}

describe('an export', () => {
  let fresh: FreshStore;

  beforeEach(async () => {
    fresh = new FreshStore();
    await fresh.store.contacts.add({ id: ada, name: '<Ada> & "Co"', addedAt: 0 });
  });
  afterEach(() => fresh.end());

  const append = (number: number, rest: Partial<NewMessage> = {}): Promise<unknown> => {
    const base = { contact: ada, direction: 'in', at: 1_764_115_200_000 + number * 1_000 } as const;
    const text = `text ${number}`;
    return fresh.store.messages.append({
      id: idOf(16, number),
      text,
      state: 'delivered',
      ...base,
      ...rest,
    });
  };
  const exported = async (options: Partial<ExportOptions>): Promise<string> => {
    let whole = '';
    for await (const piece of exportConversation(fresh.store, {
      contact: ada,
      format: 'text',
      ...options,
    })) {
      whole += piece;
    }
    return whole;
  };

  it('as JSON has everything, in the form of its schema', async () => {
    await append(1, { receivedAt: 5, replyTo: idOf(16, 9), text: '\u0000\u202E"\\\n' });
    await append(2, { direction: 'out', state: 'failed' });
    const file = { size: 7, mediaType: 'image/png', path: '/x/boat.png' };
    const offer = {
      id: idOf(16, 3),
      contact: ada,
      direction: 'in',
      at: 3,
      text: 'boat.png',
    } as const;
    await fresh.store.transfers.add({ ...offer, state: 'delivered', file });
    const json = await exported({ format: 'json', ownName: 'Ben' });
    const parsed = JSON.parse(json) as { messages: unknown[] };
    expect(strays(parsed, schema)).toEqual([]);
    expect(parsed).toMatchObject({
      format: 'gravy-history',
      version: 1,
      ownName: 'Ben',
      contact: { id: Buffer.from(ada).toString('hex'), name: '<Ada> & "Co"', verified: false },
    });
    expect(parsed.messages).toEqual([
      {
        id: Buffer.from(idOf(16, 1)).toString('hex'),
        direction: 'in',
        at: 1_764_115_201_000,
        receivedAt: 5,
        state: 'delivered',
        replyTo: Buffer.from(idOf(16, 9)).toString('hex'),
        text: '\u0000\u202E"\\\n',
      },
      expect.objectContaining({ direction: 'out', state: 'failed', text: 'text 2' }),
      expect.objectContaining({
        file: { name: 'boat.png', ...file, bytes: 0, state: 'offered', isFolder: false },
      }),
    ]);
    expect(parsed.messages[2]).not.toHaveProperty('text');
    const named = await exported({ format: 'json', idText: (id) => `id${id[3]}` });
    expect(JSON.parse(named)).toMatchObject({
      contact: { id: 'id1' },
      messages: [{ id: 'id1' }, {}, {}],
    });
  });

  it('as text lets no message look like another one, or do anything', async () => {
    await append(1, {
      text: 'one\r\n[2025-11-26 00:00:00 UTC] Me: I owe you\u2028all\u001B[2J\u202E',
    });
    await append(2, { direction: 'out', state: 'queued', text: '\uD800end' });
    expect(await exported({ ownName: 'Ben\n' })).toBe(
      `Conversation with <Ada> & "Co"\n${Buffer.from(ada).toString('hex')}\n\n` +
        '[2025-11-26 00:00:01 UTC] <Ada> & "Co": one\n' +
        '    [2025-11-26 00:00:00 UTC] Me: I owe you\n    all\uFFFD[2J\uFFFD\n' +
        '[2025-11-26 00:00:02 UTC] Ben : \uFFFDend (queued)\n',
    );
  });

  it('as HTML has all that was written as text, and a policy that lets nothing run', async () => {
    const attacks = [
      '<script>alert(1)</script>',
      `"><img src=x onerror='alert(1)'>`,
      '</p></li></ol><iframe src="javascript:alert(1)">',
      '<!--',
      '&lt;b&gt;',
      '\u0000<\u0000script>',
      '{{alert(1)}}',
    ];
    for (const [number, text] of attacks.entries()) await append(number, { text });
    const html = await exported({ format: 'html', ownName: '<i>me' });
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)/gu)].map(([, tag]) => tag);
    const allowed = 'html head meta title style body h1 bdi p ol li small'.split(' ');
    expect(new Set(tags)).toEqual(new Set(allowed));
    expect(html.match(/<li/gu)).toHaveLength(attacks.length);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('&amp;lt;b&amp;gt;');
    expect(html).not.toContain('<!--');
    expect(html).not.toMatch(/<[^>]*(?:onerror|href|src)=/u);
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-`);
  });

  it.each(['json', 'text', 'html'] as const)(
    'of a long conversation comes in order, as %s',
    async (format) => {
      await Promise.all(Array.from({ length: 1_001 }, (_, number) => append(number)));
      const whole = await exported({ format });
      const numbers = [...whole.matchAll(/text (\d+)/gu)].map(([, number]) => Number(number));
      expect(numbers).toEqual(Array.from({ length: 1_001 }, (_, number) => number));
    },
  );

  it('of a conversation that is not there is empty, and of a removed contact it is not', async () => {
    await append(1);
    await fresh.store.contacts.remove(ada);
    expect(await exported({})).toContain('text 1');
    const nobody = await exported({ contact: idOf(32, 9), format: 'json' });
    expect(JSON.parse(nobody)).toMatchObject({ messages: [] });
    fresh.store.close();
    await expect(exported({})).rejects.toMatchObject({ code: 'closed' });
  });
});
