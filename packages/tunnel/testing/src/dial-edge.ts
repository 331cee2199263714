// For `node --import`, which `Edge.environment` asks for: see `mapPublicNames`. CLOUDFLARED_STAND_IN_NAMES holds further names, with commas.
import { mapPublicNames } from './public-names.ts';

const port = Number(process.env['CLOUDFLARED_STAND_IN_EDGE']);
if (!Number.isInteger(port) || port < 1) {
  throw new Error('CLOUDFLARED_STAND_IN_EDGE is the port of an edge.');
}
mapPublicNames(port, process.env['CLOUDFLARED_STAND_IN_NAMES']?.split(','));
