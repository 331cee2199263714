import type { GravyClient } from '@gravy/messenger';
import { Box, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Style } from '../terminal/style.js';
import { countDrafts } from './conversation/screen/drafts.js';
import { ConversationFrame } from './conversation-frame.js';
import { DrawLines } from './draw-lines.js';
import { PageView } from './page-view.js';
import { keyLine } from './pages/key-line.js';
import { sidebarLines } from './pages/sidebar.js';
import { frameOf } from './screen/frame.js';
import { span } from './screen/span.js';
import { type KeyPress, keyPresses } from './state/key.js';
import { paste, press } from './keys/press.js';
import { quit, stay } from './state/quit.js';
import type { State } from './state/state.js';
import { step, type Transition } from './state/step.js';
import type { Store } from './store.js';
import type { Theme } from './theme.js';

interface Props {
  readonly store: Store;
  readonly theme: Theme;
  /** The same for what is drawn as text. */
  readonly style: Style;
  /** Undefined until it is loaded, which is before an account can be open. */
  readonly client: () => GravyClient | undefined;
  /** Draws every cell of the screen anew, whatever is there. */
  readonly redraw: () => void;
}

/** The whole screen: the sidebar, the page or conversation, and the keys that work now. */
export function App({ store, theme, style, client, redraw }: Props): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.shown);
  const { columns, rows } = useWindowSize();
  useEffect(() => {
    store.apply((before) => step({ ...before, size: { columns, rows } }));
  }, [store, columns, rows]);
  useKeys({ store, redraw, drafts: () => countDraftsOf(client()) });

  const frame = frameOf(state);
  const { stage, overlay } = state;
  const gravy = client();
  return (
    <Box flexDirection="column" width={state.size.columns} height={state.size.rows}>
      <Box height={frame.bodyRows}>
        {stage.kind === 'open' && frame.sidebarColumns > 0 && (
          <DrawLines
            lines={sidebarLines(state, stage, frame.sidebarColumns)}
            theme={theme}
            columns={frame.sidebarColumns}
            rows={frame.bodyRows}
          />
        )}
        {frame.ruleColumns > 0 && (
          <DrawLines
            lines={Array.from({ length: frame.bodyRows }, () => [span('│', 'dim')])}
            theme={theme}
            columns={frame.ruleColumns}
            rows={frame.bodyRows}
          />
        )}
        {frame.pageColumns > 0 &&
          (overlay === undefined &&
          gravy !== undefined &&
          stage.kind === 'open' &&
          stage.section.kind === 'conversation' ? (
            <ConversationFrame
              store={store}
              state={state}
              stage={stage}
              section={stage.section}
              frame={frame}
              style={style}
              client={gravy}
            />
          ) : (
            <PageView state={state} frame={frame} theme={theme} />
          ))}
      </Box>
      <DrawLines lines={[keyLine(state)]} theme={theme} columns={state.size.columns} rows={1} />
    </Box>
  );
}

/** What is typed before there is a form to type into is kept for it. */
function useKeys(options: {
  readonly store: Store;
  readonly redraw: () => void;
  readonly drafts: () => number;
}): void {
  const { store, redraw, drafts } = options;
  const ahead = useRef<Transition[]>([]);
  const hadForm = useRef(false);
  const hasForm = useSyncExternalStore(store.subscribe, () => isReady(store.shown()));
  const take = (transition: Transition): void => {
    if (isReady(store.state)) store.apply(transition);
    // Later on, the form comes after something else: what was typed into that is not meant for it.
    else if (!hadForm.current) ahead.current.push(transition);
  };
  useInput((input, key) => {
    for (const pressed of keyPresses(input, key)) {
      if (isControl(pressed, 'c')) store.apply((before) => quit(before, drafts()));
      else if (isControl(pressed, 'l')) redraw();
      else {
        if (store.state.quitQuestion !== undefined) store.apply(stay);
        take((before) => press(before, pressed));
      }
    }
  });
  // Always, or Ink takes the keys of a paste one by one where nobody else waits for it.
  usePaste((text) => take((before) => paste(before, text)));
  useEffect(() => {
    if (!hasForm) return;
    hadForm.current = true;
    for (const transition of ahead.current.splice(0)) store.apply(transition);
  }, [store, hasForm]);
}

const countDraftsOf = (client: GravyClient | undefined): number =>
  client === undefined ? 0 : countDrafts(client);
const isReady = ({ stage }: State): boolean =>
  stage.kind === 'open' || stage.accounts !== undefined;
const isControl = (key: KeyPress, letter: string): boolean =>
  key.kind === 'ctrl' && key.letter === letter;
