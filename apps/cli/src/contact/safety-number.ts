const GROUPS_IN_A_ROW = 4;

/** The 12 groups of digits as a block of 4 by 3, easy to read out. */
export function formatSafetyNumber(number: string): string[] {
  const groups = number.match(/\d+/gu) ?? [];
  const rows: string[] = [];
  for (let start = 0; start < groups.length; start += GROUPS_IN_A_ROW) {
    rows.push(`    ${groups.slice(start, start + GROUPS_IN_A_ROW).join('  ')}`);
  }
  return rows;
}
