import { type FormEvent, type ReactElement, useState } from 'react';
import type { Snapshot } from '../../gravy/snapshot.js';
import { Button } from '../../parts/button.js';
import { Choice } from '../../parts/choice.js';
import { usePage, useSnapshot } from '../../parts/context.js';
import { Field } from '../../parts/field.js';
import { Problem } from '../../parts/problem.js';
import { useAction } from '../../parts/use-action.js';
import { WORDS } from '../../words.js';
import { Cloudflared } from './cloudflared.js';

const words = WORDS.server;
const MAX_PORT = 65_535;

type Tunnel = 'none' | 'quick' | 'named';
type Policy = 'contacts' | 'ask';
type Reach = '127.0.0.1' | '0.0.0.0';

export function StartServer(): ReactElement {
  const page = usePage();
  const [port, setPort] = useState('8080');
  const [tunnel, setTunnel] = useState<Tunnel>('none');
  const [reach, setReach] = useState<Reach>('127.0.0.1');
  const [policy, setPolicy] = useState<Policy>('contacts');
  const [publicUrl, setPublicUrl] = useState('');
  const [tokenFile, setTokenFile] = useState('');
  const { hostNews } = useSnapshot();
  const [portProblem, setPortProblem] = useState<string>();
  const { run, isBusy, problem } = useAction(async () => {
    await page.call('host.start', {
      port: Number(port),
      hostname: reach,
      tunnel,
      policy,
      ...(tunnel === 'named' && tokenFile.trim() !== '' ? { tokenFile: tokenFile.trim() } : {}),
      ...(publicUrl.trim() === '' ? {} : { publicUrl: publicUrl.trim() }),
    });
    page.mirror.refresh('host');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isPort = /^\d{1,5}$/u.test(port) && Number(port) <= MAX_PORT;
    setPortProblem(isPort ? undefined : words.badPort);
    if (isPort) void run();
  };
  return (
    <section className="card" aria-label={words.start}>
      <p className="note">{words.why}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={words.port}
          inputMode="numeric"
          className="short"
          value={port}
          onChange={({ target }) => setPort(target.value)}
          why={words.portHint}
          problem={portProblem}
          dir="ltr"
        />
        <Choice<Tunnel>
          legend={words.way}
          value={tunnel}
          onChange={setTunnel}
          options={[
            { value: 'none', label: words.none, why: words.noneWhy },
            { value: 'quick', label: words.quick, why: words.quickWhy },
            { value: 'named', label: words.named, why: words.namedWhy },
          ]}
        />
        {tunnel === 'named' && (
          <>
            <Field
              label={words.tokenFile}
              placeholder={words.tokenFileHint}
              value={tokenFile}
              onChange={({ target }) => setTokenFile(target.value)}
              why={words.tokenFileWhy}
              dir="ltr"
            />
            <Field
              label={words.publicUrl}
              placeholder={words.publicUrlHint}
              value={publicUrl}
              onChange={({ target }) => setPublicUrl(target.value)}
              why={words.tunnelUrlWhy}
              dir="ltr"
            />
          </>
        )}
        {tunnel !== 'none' && <Cloudflared />}
        <Choice<Reach>
          legend={words.address}
          value={reach}
          onChange={setReach}
          options={[
            tunnel === 'none'
              ? { value: '127.0.0.1', label: words.addressLocal, why: words.addressLocalWhy }
              : { value: '127.0.0.1', label: words.addressTunnel, why: words.addressTunnelWhy },
            { value: '0.0.0.0', label: words.addressAll, why: words.addressAllWhy },
          ]}
        />
        <details>
          <summary>{words.options}</summary>
          <Choice<Policy>
            legend={words.strangers}
            value={policy}
            onChange={setPolicy}
            options={[
              { value: 'contacts', label: words.contactsOnly },
              { value: 'ask', label: words.ask },
            ]}
          />
          {tunnel !== 'named' && (
            <Field
              label={words.publicUrl}
              placeholder={words.publicUrlHint}
              value={publicUrl}
              onChange={({ target }) => setPublicUrl(target.value)}
              why={words.publicUrlWhy}
              dir="ltr"
            />
          )}
        </details>
        <Problem text={problem} />
        <div className="buttons">
          <Button kind="main" type="submit" isBusy={isBusy}>
            {words.start}
          </Button>
          {isBusy && tunnel !== 'none' && (
            <Button onClick={() => void page.call('host.stop', {})}>{WORDS.cancel}</Button>
          )}
        </div>
        <p className="note" role="status">
          {isBusy && tunnel !== 'none' && progressOf(hostNews)}
        </p>
      </form>
    </section>
  );
}

function progressOf(news: Snapshot['hostNews']): string {
  return news === undefined || news.state === 'stopped'
    ? words.tunnelTime
    : words.state[news.state];
}
