import { Preference } from './preference.js';

/** 0 stands for never. */
export const IDLE_MINUTES = [0, 5, 15, 60] as const;

export const idleMinutes = new Preference<(typeof IDLE_MINUTES)[number]>(
  'idle-minutes',
  IDLE_MINUTES,
  15,
);
export const notifications = new Preference<'on' | 'off'>('notifications', ['on', 'off'], 'off');
