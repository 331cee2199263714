import { Box, Text } from 'ink';
import { memo, type ReactNode } from 'react';
import type { Line } from './screen/span.js';
import type { Theme } from './theme.js';

/** Rows of the screen, as they were laid out: nothing here wraps or measures. */
export const DrawLines = memo(function DrawLines(props: {
  readonly lines: readonly Line[];
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
}): ReactNode {
  const { lines, theme, columns, rows } = props;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden" flexShrink={0}>
      {lines.slice(0, rows).map((line, row) => (
        <Text key={row} wrap="truncate">
          {line.length === 0
            ? ' '
            : line.map(({ text, tone }, index) => (
                <Text key={index} {...theme[tone]}>
                  {text}
                </Text>
              ))}
        </Text>
      ))}
    </Box>
  );
});
