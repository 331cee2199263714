import { Box, Text, useInput } from 'ink';
import type { ReactNode } from 'react';

const CTRL_C = '\u0003';

/** The whole screen. */
export function App({ onQuit }: { onQuit: () => void }): ReactNode {
  useInput((input, key) => {
    if ((key.ctrl && input === 'c') || input.includes(CTRL_C)) onQuit();
  });
  return (
    <Box>
      <Text bold>Gravy</Text>
    </Box>
  );
}
