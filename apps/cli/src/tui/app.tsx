import type { GravyClient } from '@gravy/messenger';
import { Box, useInput, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Style } from '../terminal/style.js';
import { ConversationFrame } from './conversation-frame.js';
import { DrawLines } from './draw-lines.js';
import { PageView } from './page-view.js';
import { keyLine } from './pages/key-line.js';
import { sidebarLines } from './pages/sidebar.js';
import { frameOf } from './screen/frame.js';
import { span } from './screen/span.js';
import { type KeyPress, keyPresses } from './state/key.js';
import { press } from './state/press.js';
import type { State } from './state/state.js';
import { step } from './state/step.js';
import type { Store } from './store.js';
import type { Theme } from './theme.js';

interface Props {
  readonly store: Store;
  readonly theme: Theme;
  /** The same for what is drawn as text. */
  readonly style: Style;
  /** Undefined until it is loaded, which is before an account can be open. */
  readonly client: () => GravyClient | undefined;
}

/** The whole screen: the sidebar, the page or conversation, and the keys that work now. */
export function App({ store, theme, style, client }: Props): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.shown);
  const { columns, rows } = useWindowSize();
  useEffect(() => {
    store.apply((before) => step({ ...before, size: { columns, rows } }));
  }, [store, columns, rows]);
  useKeys(store);

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
            <PageView store={store} state={state} frame={frame} theme={theme} />
          ))}
      </Box>
      <DrawLines lines={[keyLine(state)]} theme={theme} columns={state.size.columns} rows={1} />
    </Box>
  );
}

/** What is typed before there is a form to type into is kept for it. */
function useKeys(store: Store): void {
  const ahead = useRef<KeyPress[]>([]);
  const hadForm = useRef(false);
  const hasForm = useSyncExternalStore(store.subscribe, () => isReady(store.shown()));
  useInput((input, key) => {
    for (const pressed of keyPresses(input, key)) {
      if (isReady(store.state) || isQuit(pressed)) store.apply((before) => press(before, pressed));
      // Later on, the form comes after something else: what was typed into that is not meant for it.
      else if (!hadForm.current) ahead.current.push(pressed);
    }
  });
  useEffect(() => {
    if (!hasForm) return;
    hadForm.current = true;
    for (const pressed of ahead.current.splice(0)) store.apply((before) => press(before, pressed));
  }, [store, hasForm]);
}

const isReady = ({ stage }: State): boolean =>
  stage.kind === 'open' || stage.accounts !== undefined;
const isQuit = (key: KeyPress): boolean => key.kind === 'ctrl' && key.letter === 'c';
