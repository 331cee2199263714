import { array, assert, integer, nat, oneof, property, record, constant } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logOf } from '../../../src/tui/conversation/log/log.js';
import {
  type Anchor,
  AT_END,
  look,
  reveal,
  scroll,
  type Sight,
} from '../../../src/tui/conversation/log/viewport.js';
import { message } from './scripted-client.js';

/** Entries of so many rows; each row says where it stands. */
function sightOf(heights: readonly number[], height: number, first = 0): Sight {
  const entries = heights.map((_, index) => ({
    kind: 'message' as const,
    message: message(index),
  }));
  const log = logOf({ first, entries, more: false });
  const rowsAt = (place: number): string[] =>
    Array.from({ length: heights[place - first] ?? 0 }, (_, row) => `${place}.${row}`);
  return { log, rowsAt, height };
}

function allRows({ log, rowsAt }: Sight): string[] {
  return log.entries.flatMap((_, index) => rowsAt(log.first + index));
}

const logs = record({
  heights: array(integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
  height: integer({ min: 1, max: 12 }),
  first: integer({ min: -20, max: 20 }),
});

describe('what is seen of a log', () => {
  it('is its end at first, and what stands above after scrolling up', () => {
    const sight = sightOf([1, 2, 1, 3], 3);
    expect(look(sight, AT_END).rows).toEqual(['3.0', '3.1', '3.2']);
    const up = scroll(sight, AT_END, -2);
    expect(look(sight, up)).toMatchObject({
      rows: ['1.1', '2.0', '3.0'],
      isAtEnd: false,
      lastPlace: 3,
    });
  });

  it('stays the same when messages come and older ones are read', () => {
    const up = scroll(sightOf([1, 2, 1, 3], 3), AT_END, -2);
    const rows = look(sightOf([1, 2, 1, 3], 3), up).rows;
    expect(look(sightOf([1, 2, 1, 3, 1, 1], 3), up).rows).toEqual(rows);
    expect(look(sightOf([4, 4, 1, 2, 1, 3], 3, -2), up).rows).toEqual(rows);
  });

  it('is always a part of all rows, as high as the window if there are so many', () => {
    const steps = array(oneof(integer({ min: -30, max: 30 }), constant(0)), { maxLength: 6 });
    assert(
      property(logs, steps, ({ heights, height, first }, moves) => {
        const sight = sightOf(heights, height, first);
        const all = allRows(sight);
        let anchor: Anchor = AT_END;
        let expected = Math.max(0, all.length - height);
        for (const move of moves) {
          anchor = scroll(sight, anchor, move);
          expected = Math.max(0, Math.min(expected + move, all.length - height));
          const { rows, isAtEnd } = look(sight, anchor);
          expect(rows).toEqual(all.slice(expected, expected + height));
          expect(isAtEnd || rows.length === height).toBe(true);
        }
      }),
      { seed: 20_261_126, numRuns: 500 },
    );
  });

  it('has the entry that was asked for in it, whole if it fits', () => {
    assert(
      property(
        logs,
        nat(11),
        integer({ min: -20, max: 0 }),
        ({ heights, height, first }, at, up) => {
          const sight = sightOf(heights, height, first);
          const place = first + (at % heights.length);
          const { rows } = look(sight, reveal(sight, scroll(sight, AT_END, up), place));
          const wanted = sight.rowsAt(place).slice(0, height);
          expect(rows).toEqual(expect.arrayContaining(wanted));
        },
      ),
      { seed: 20_261_126, numRuns: 500 },
    );
  });

  it('lays out no more than what is seen and passed, however long the log is', () => {
    const heights = Array.from({ length: 10_000 }, () => 2);
    const asked = new Set<number>();
    const whole = sightOf(heights, 20);
    const sight: Sight = {
      ...whole,
      rowsAt: (place) => {
        asked.add(place);
        return whole.rowsAt(place);
      },
    };
    let anchor: Anchor = AT_END;
    for (let page = 0; page < 10; page += 1) anchor = scroll(sight, anchor, -19);
    look(sight, anchor);
    expect(asked.size).toBeLessThan(120);
  });
});
