import * as z from 'zod';
import { diagnosisSchema } from '../schemas.js';
import { method, none } from './method.js';

export const TUNNEL_METHODS = {
  'tunnel.status': method(
    'process',
    'Which cloudflared would run. Where none is found, `message` says what to do.',
    none,
    z.strictObject({
      found: z.boolean(),
      path: z.string().optional(),
      version: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
  'tunnel.install': method(
    'process',
    'Downloads cloudflared from its releases, checked against the SHA-256 published there, into a private folder. `consent` is the person having agreed to that.',
    z.strictObject({ consent: z.literal(true) }),
    z.strictObject({ found: z.literal(true), path: z.string(), version: z.string() }),
  ),
  'doctor.check': method(
    'process',
    'Looks for what may be in the way: of tunnels, of the data folder, of the clock.',
    none,
    z.array(diagnosisSchema),
  ),
} as const;
