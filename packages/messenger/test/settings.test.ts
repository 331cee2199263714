import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountSettings } from '../src/core/settings.js';
import { FreshStore } from './fresh-store.js';

describe('settings', () => {
  let fresh: FreshStore;
  beforeEach(() => {
    fresh = new FreshStore();
  });
  afterEach(() => fresh.end());
  const open = (): AccountSettings =>
    new AccountSettings({ store: fresh.store.settings, profileName: 'ada' });

  it('tell nobody anything until the person says so', () => {
    expect(open().current).toMatchObject({
      readReceipts: false,
      typing: false,
      reconnect: true,
      profileName: 'ada',
      theme: 'system',
      autoAccept: {},
    });
  });

  it('are kept, each by itself', async () => {
    const settings = open();
    await settings.change({ typing: true, theme: undefined });
    await settings.change({ profileName: '' });
    expect(open().current).toMatchObject({ typing: true, profileName: '', theme: 'system' });
    expect(open().current).toEqual(settings.current);
  });

  it('refuse what they do not know, and stay as they were', async () => {
    const settings = open();
    await expect(settings.change({ typing: 'yes' as never })).rejects.toThrow();
    await expect(settings.change({ colour: 'red' } as never)).rejects.toThrow();
    expect(settings.current.typing).toBe(false);
    expect(fresh.store.settings.get('settings')).toBeUndefined();
  });

  it('of a newer version are taken as far as they are understood', async () => {
    await fresh.store.settings.set('settings', '{"typing":true,"theme":"sepia","smell":1}');
    expect(open().current).toMatchObject({ typing: true, theme: 'system' });
    expect(open().current).not.toHaveProperty('smell');
  });
});
