import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FreshStore } from './fresh-store.js';

describe('settings', () => {
  let fresh: FreshStore;

  beforeEach(() => {
    fresh = new FreshStore();
  });
  afterEach(() => fresh.end());

  it('are texts by name, the last one set', async () => {
    expect(fresh.store.settings.get('theme')).toBeUndefined();
    await fresh.store.settings.set('theme', 'dark');
    await fresh.store.settings.set('Theme', '');
    await fresh.store.settings.set('theme', '{"of":"night"}');
    fresh.reopen();
    const { settings } = fresh.store;
    expect(settings.get('theme')).toBe('{"of":"night"}');
    expect(settings.get('Theme')).toBe('');
    await settings.delete('theme');
    await settings.delete('never set');
    expect(settings.get('theme')).toBeUndefined();
    expect(settings.get('Theme')).toBe('');
  });
});
