import type { Gravy } from '@gravy/messenger';
import { listAccounts } from '@gravy/messenger/accounts';
import { render } from 'ink';
import { homeOf, openHome } from '../account/open-account.js';
import { givenPassword } from '../account/password.js';
import type { Context } from '../context.js';
import { App } from './app.js';
import { EffectRunner } from './effects/effect-runner.js';
import { Loader } from './effects/loader.js';
import { Notifier, type NotifyBy } from './effects/notifier.js';
import { showAccounts } from './state/actions/start-actions.js';
import { receive } from './state/receive.js';
import { initialState } from './state/state.js';
import { Store } from './store.js';
import { themeFor } from './theme.js';

/** Nothing on the screen, and the cursor in its corner. */
const CLEAR = '\u001b[2J\u001b[H';

/** The full-screen program, until the person quits. The terminal is given back however it ends. */
export async function runTui(context: Context, options: { notifyBy: NotifyBy }): Promise<void> {
  const { terminal, interruption, env } = context;
  const { output, input, errors } = terminal;
  const password = await givenPassword(context);
  const ended = Promise.withResolvers<void>();
  const core = Promise.withResolvers<{ gravy: Gravy; loader: Loader }>();
  // Whoever waits for it is told by the task that needs it.
  core.promise.catch(() => undefined);
  let gravy: Gravy | undefined;

  const runner = new EffectRunner({
    core: core.promise,
    notifier: new Notifier(options.notifyBy, (sequence) => output.write(sequence)),
    write: (sequence) => output.write(sequence),
    apply: (transition) => store.apply(transition),
    quit: (error) => (error === undefined ? ended.resolve() : ended.reject(error)),
  });
  const stdout = output as NodeJS.WriteStream;
  const { columns = 80, rows = 24 } = output;
  const store = new Store(initialState({ columns, rows }), (effect) => runner.run(effect));
  const theme = themeFor(context.options.color, env);
  // Ink draws what differs from the frame before, but what a terminal makes of its rows when it changes
  // its size is not that frame: it must know that nothing is there, before it hears of the change.
  const clear = (): void => {
    output.write(CLEAR);
    screen.clear();
  };
  stdout.on('resize', clear);
  const screen = render(
    <App
      store={store}
      theme={theme}
      style={context.style}
      client={() => gravy}
      redraw={() => stdout.emit('resize')}
    />,
    {
      stdout,
      stdin: input as NodeJS.ReadStream,
      stderr: errors as NodeJS.WriteStream,
      // Ctrl-C is a key like any other here: what it does is decided in one place.
      exitOnCtrlC: false,
      alternateScreen: true,
      // So that what is drawn for a key takes the next key: the older way attaches it a moment later.
      concurrent: true,
      incrementalRendering: true,
      // Nothing here prints to the console, and neither do the libraries.
      patchConsole: false,
      // Whether this is a terminal was looked at before.
      interactive: true,
    },
  );
  const restore = (): void => {
    store.stop();
    screen.unmount();
  };
  // Before Node prints why it crashes: on the other screen nobody would see it.
  process.on('uncaughtExceptionMonitor', restore);
  interruption.signal.addEventListener('abort', restore, { once: true });
  context.cleanups.push(restore);

  try {
    screen.waitUntilExit().then(() => ended.resolve(), ended.reject);
    // The first frame does not wait for the core, which is heavy.
    await screen.waitUntilRenderFlush();
    const { account } = context.options;
    const accounts = await listAccounts(homeOf(context));
    store.apply((state) =>
      showAccounts(state, accounts, {
        ...(account === undefined ? {} : { wanted: account }),
        ...(password === undefined ? {} : { password }),
      }),
    );
    gravy = await openHome(context);
    gravy.onEvent((event) => store.applySoon((state) => receive(state, event)));
    core.resolve({ gravy, loader: new Loader(gravy, store.applySoon) });
    await ended.promise;
  } finally {
    process.off('uncaughtExceptionMonitor', restore);
    stdout.off('resize', clear);
    restore();
    await screen.waitUntilExit();
  }
}
