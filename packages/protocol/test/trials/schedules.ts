import { mutate, type FuzzTarget, type SeededRandom } from '@gravy/testing';
import { TwoPeers } from './two-peers.js';

type Action = (peers: TwoPeers, random: SeededRandom) => void;

const write: Action = (peers, random) => random.pick(peers.people).write();
const deliver: Action = (peers, random) => peers.deliver(random.pick(peers.people));

/** Often what people do, seldom what networks do to them. */
const actions: readonly Action[] = [
  ...Array.from({ length: 8 }, () => write),
  ...Array.from({ length: 16 }, () => deliver),
  (peers) => peers.startRekey(),
  (peers) => peers.startRekey(),
  (peers) => peers.requestRekey(),
  (peers) => peers.answerRekey(),
  (peers) => peers.answerRekey(),
  (peers) => peers.answerRekey(),
  // A frame is lost, or changed, on the way.
  (peers, random) => {
    const { incoming } = random.pick(peers.people);
    if (incoming.length > 0 && random.oneIn(2)) incoming.splice(random.below(incoming.length), 1);
  },
  (peers, random) => {
    const { incoming } = random.pick(peers.people);
    const at = random.below(Math.max(1, incoming.length));
    const frame = incoming[at];
    if (frame && random.oneIn(2)) incoming[at] = mutate(random, frame);
  },
  (peers, random) => {
    if (random.oneIn(3)) peers.cut();
  },
  (peers, random) => {
    if (random.oneIn(3)) random.pick(peers.people).close();
  },
  (peers, random) => {
    const isOver = peers.people.some(({ session }) => !session || session.peerClose !== undefined);
    if (isOver || random.oneIn(20)) peers.connect();
  },
];

export interface ScheduleFigures {
  texts: number;
  connections: number;
  rekeys: number;
}

/** A schedule of send, rekey, drop, cut, reconnect and close: each text arrives once and in order, no key seals twice. */
export function schedules(): FuzzTarget & { readonly figures: ScheduleFigures } {
  const figures = { texts: 0, connections: 0, rekeys: 0 };
  const attempt = (random: SeededRandom): void => {
    const peers = new TwoPeers(random);
    for (let steps = 20 + random.below(80); steps > 0; steps -= 1)
      random.pick(actions)(peers, random);
    peers.settle();
    for (const person of peers.people) {
      const written = person.peer?.written ?? 0;
      const isWhole = person.received.length === written && person.unacknowledged.length === 0;
      if (!isWhole) throw new Error(`${person.received.length} of ${written} texts arrived.`);
      figures.texts += written;
    }
    figures.connections += peers.connections;
    figures.rekeys += peers.rekeys;
  };
  return { name: 'schedule', attempt, figures };
}
