import type { ResultOf } from '@gravy/messenger';
import { type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { usePage } from '../../parts/context.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';

const words = WORDS.settings;

/** Looks for what may be in the way on this machine. */
export function Doctor(): ReactElement {
  const page = usePage();
  const [found, setFound] = useState<ResultOf<'doctor.check'>>([]);
  const { run, isBusy, problem } = useAction(async () => {
    setFound(await page.call('doctor.check', {}));
  });
  return (
    <section className="card" aria-labelledby="doctor-title">
      <h2 id="doctor-title">{words.doctor}</h2>
      <p className="note">{words.doctorWhy}</p>
      <ul className="rows" hidden={found.length === 0}>
        {found.map(({ name, status, message }) => (
          <li key={name} className="row check">
            <span className={status === 'failed' ? 'tag tag-warning' : 'tag'}>
              {words.doctorStatus[status]}
            </span>
            <div className="row-text">
              <p className="row-title">{words.doctorChecks[name] ?? name}</p>
              <p className="note">{message}</p>
            </div>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      <div className="buttons">
        <Button isBusy={isBusy} onClick={() => void run()}>
          {words.doctorRun}
        </Button>
      </div>
    </section>
  );
}
