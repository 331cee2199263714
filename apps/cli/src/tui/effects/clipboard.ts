/** Asks the terminal to take text into its clipboard (OSC 52). It may refuse, and does not say. */
export function copySequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}
