import type { GravyClient } from '@gravy/messenger';
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Style } from '../terminal/style.js';
import { Conversation } from './conversation/conversation.js';
import type { Frame } from './screen/frame.js';
import type { Section } from './state/action.js';
import { type OpenStage, shownContact, type State, withFocus } from './state/state.js';
import { step } from './state/step.js';
import type { Store } from './store.js';

/** Where a conversation stands on the screen, and how one gets out of it. */
export function ConversationFrame(props: {
  readonly store: Store;
  readonly state: State;
  readonly stage: OpenStage;
  readonly section: Extract<Section, { kind: 'conversation' }>;
  readonly frame: Frame;
  readonly style: Style;
  readonly client: GravyClient;
}): ReactNode {
  const { store, state, stage, section, frame, style, client } = props;
  const contact = shownContact(stage);
  if (contact === undefined) return null;
  return (
    <Box width={frame.pageColumns} height={frame.bodyRows} flexShrink={0} overflow="hidden">
      <Conversation
        client={client}
        contact={contact}
        width={frame.pageColumns}
        height={frame.bodyRows}
        left={frame.sidebarColumns + frame.ruleColumns}
        focused={state.focus.area === 'page'}
        style={style}
        {...(section.message === undefined ? {} : { goTo: section.message })}
        onLeave={() => store.apply((before) => step(withFocus(before, { area: 'sidebar' })))}
      />
    </Box>
  );
}
