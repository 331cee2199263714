import type { Settings } from '@gravy/messenger';
import { type ReactElement, useId, useState } from 'react';
import { IDLE_MINUTES, idleMinutes, notifications } from '../../browser/preferences.js';
import { Choice } from '../../parts/choice.js';
import { useSnapshot } from '../../parts/context.js';
import { Problem } from '../../parts/problem.js';
import { Switch } from '../../parts/switch.js';
import { WORDS } from '../../words.js';
import { useChangeSettings } from './use-change-settings.js';

const words = WORDS.settings;

export function PageSettings(): ReactElement {
  const { settings } = useSnapshot();
  const { run, problem } = useChangeSettings();
  return (
    <section className="card" aria-labelledby="page-title">
      <h2 id="page-title">{words.look}</h2>
      <Choice<Settings['theme']>
        legend={words.theme}
        value={settings.theme}
        onChange={(theme) => void run({ theme })}
        options={[
          { value: 'system', label: words.system },
          { value: 'light', label: words.light },
          { value: 'dark', label: words.dark },
        ]}
      />
      <Problem text={problem} />
      <NotificationSwitch />
      <IdleChoice />
    </section>
  );
}

function NotificationSwitch(): ReactElement {
  const choice = notifications.use();
  const [isDenied, setDenied] = useState(false);
  const change = async (isOn: boolean): Promise<void> => {
    if (!isOn) {
      notifications.set('off');
      return;
    }
    const isAllowed = (await Notification.requestPermission()) === 'granted';
    setDenied(!isAllowed);
    if (isAllowed) notifications.set('on');
  };
  return (
    <>
      <Switch
        label={words.notifications}
        why={words.notificationsWhy}
        isOn={choice === 'on'}
        onChange={(isOn) => void change(isOn)}
      />
      <Problem text={isDenied ? words.notificationsDenied : undefined} />
    </>
  );
}

function IdleChoice(): ReactElement {
  const id = useId();
  const minutes = idleMinutes.use();
  return (
    <div className="field">
      <label htmlFor={id}>{words.idle}</label>
      <select
        id={id}
        value={minutes}
        aria-describedby={`${id}-why`}
        onChange={({ target }) => chooseIdle(target.value)}
      >
        {IDLE_MINUTES.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 0 ? words.never : words.minutes(choice)}
          </option>
        ))}
      </select>
      <p className="note" id={`${id}-why`}>
        {words.idleWhy}
      </p>
    </div>
  );
}

function chooseIdle(value: string): void {
  const chosen = IDLE_MINUTES.find((choice) => String(choice) === value);
  if (chosen !== undefined) idleMinutes.set(chosen);
}
