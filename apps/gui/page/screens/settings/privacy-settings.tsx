import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../parts/button.js';
import { useSnapshot } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { Switch } from '../../parts/switch.js';
import { WORDS } from '../../words.js';
import { useChangeSettings } from './use-change-settings.js';

const words = WORDS.settings;

export function PrivacySettings(): ReactElement {
  const { settings } = useSnapshot();
  const { run, problem } = useChangeSettings();
  return (
    <section className="card" aria-labelledby="privacy-title">
      <h2 id="privacy-title">{words.privacy}</h2>
      <Switch
        label={words.readReceipts}
        why={words.readReceiptsWhy}
        isOn={settings.readReceipts}
        onChange={(readReceipts) => void run({ readReceipts })}
      />
      <Switch
        label={words.typing}
        why={words.typingWhy}
        isOn={settings.typing}
        onChange={(typing) => void run({ typing })}
      />
      <Switch
        label={words.reconnect}
        why={words.reconnectWhy}
        isOn={settings.reconnect}
        onChange={(reconnect) => void run({ reconnect })}
      />
      <Problem text={problem} />
      <ProfileName key={settings.profileName} current={settings.profileName} />
    </section>
  );
}

function ProfileName({ current }: { current: string }): ReactElement {
  const [name, setName] = useState(current);
  const { run, isBusy, problem } = useChangeSettings();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run({ profileName: name.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={words.profileName}
        why={words.profileNameWhy}
        value={name}
        onChange={({ target }) => setName(target.value)}
        problem={problem}
      />
      <div className="buttons">
        <Button type="submit" isBusy={isBusy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
