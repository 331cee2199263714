import type { DeliveryWorld, Side } from './delivery-world.js';

/** Writes texts in one go; what the person is told is stored counts as promised. */
export function write(world: DeliveryWorld, side: Side, texts: number): void {
  const { life, ledger } = side;
  if (life.isDead) return;
  for (let index = 0; index < texts; index += 1) {
    side.written += 1;
    const text = `${side.name} ${side.written}`;
    life.account.delivery.conversations.send({ contact: world.peer(side).id, text }).then(
      ({ id }) => {
        if (life.isDead) return;
        ledger.promised.add(id);
        life.written.push(id);
      },
      (error: unknown) => {
        if (!life.isDead) ledger.faults.push(`a text could not be written: ${String(error)}`);
      },
    );
  }
}

/**
 * Takes back the text that was written so many texts before the last one, if that is still possible.
 * Only one of this life: a program that was killed between handing a text over and noting that does
 * not know that it may have arrived.
 */
export function cancel({ life, ledger }: Side, back: number): void {
  const id = life.written.at(-1 - back);
  if (life.isDead || id === undefined) return;
  life.account.delivery.conversations.cancel(id).then(
    () => {
      if (!life.isDead) ledger.cancelled.add(id);
    },
    () => undefined, // it is on its way already
  );
}

/** Reads all that has come. */
export function read(world: DeliveryWorld, side: Side): void {
  if (side.life.isDead) return;
  const { sessions, delivery } = side.life.account;
  const contact = world.peer(side).id;
  const { messages } = delivery.conversations.history({ contact, limit: 1_000 });
  const upTo = messages.findLast(({ direction }) => direction === 'in')?.id;
  if (upTo === undefined) return;
  void delivery.conversations
    .markRead({ contact, upTo, report: true })
    .then(() => delivery.receipts.report(sessions.newest(contact)))
    .catch(() => undefined);
}

export function dial(world: DeliveryWorld, side: Side): void {
  if (side.life.isDead) return;
  const contact = world.peer(side).id;
  side.life.account.dialling.connector.connect({ contact }).catch(() => undefined);
}

/** Ends every session, as a person does. */
export function leave(world: DeliveryWorld, side: Side): void {
  if (side.life.isDead) return;
  side.life.account.disconnect(world.peer(side).id).catch(() => undefined);
}

export function setBlocked(world: DeliveryWorld, side: Side, isBlocked: boolean): void {
  if (side.life.isDead) return;
  const { account } = side.life;
  const contact = world.peer(side).id;
  const done = isBlocked
    ? account.desk.block(contact)
    : account.contacts.setBlocked(contact, false);
  done.catch(() => undefined);
}
