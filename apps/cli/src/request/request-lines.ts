import type { RequestInfo } from '@gravy/messenger';
import { formatSafetyNumber } from '../contact/safety-number.js';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { shortenId } from '../terminal/table.js';
import { formatMoment } from '../terminal/times.js';

/** A stranger who asks: who they say they are is nothing, so there are only key, time and safety number. */
export function formatRequest(request: RequestInfo, style: Style): string[] {
  const { id, receivedAt, safetyNumber } = request;
  return [
    `${style.bold(escapeLine(shortenId(id)))}  asked ${formatMoment(receivedAt, Date.now())}`,
    ...formatSafetyNumber(safetyNumber),
  ];
}
