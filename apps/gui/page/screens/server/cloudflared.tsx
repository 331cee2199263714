import type { ResultOf } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.server;

/** Whether a tunnel can be made here at all; if not, what is missing, and getting it on one's word. */
export function Cloudflared(): ReactElement | null {
  const page = usePage();
  const [status, setStatus] = useState<ResultOf<'tunnel.status'>>();
  useEffect(() => {
    // If it cannot be asked for, starting the server says what is wrong.
    page.call('tunnel.status', {}).then(setStatus, () => undefined);
  }, [page]);
  const { run, isBusy, problem } = useAction(async () => {
    setStatus(await page.call('tunnel.install', { consent: true }));
  });
  if (status === undefined || status.found) return null;
  return (
    <div className="hint">
      <p>
        <strong>{words.missing}</strong>
      </p>
      {status.message !== undefined && <p className="note">{status.message}</p>}
      <p className="note">{words.installWhy}</p>
      <Problem text={problem} />
      <div className="buttons">
        <Button isBusy={isBusy} onClick={() => void run()}>
          {isBusy ? words.installing : words.install}
        </Button>
      </div>
    </div>
  );
}
