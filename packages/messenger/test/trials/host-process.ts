// A host of the real libraries in a process of its own, composed as an account composes them. It gives every record back.
// Node runs this file as it is, with the packages as they are built.
import { type Channel, openChannel, OwnKey, upgradePath } from '@gravy/protocol';
import { listen, type ServerConnection } from '@gravy/transport';

export interface HostPlan {
  readonly hostSeed: number;
  readonly guestSeed: number;
  /** Addresses of this machine count like those of strangers. */
  readonly limitsThisMachine: boolean;
  readonly isBehindTunnel: boolean;
  /** It does not look each millisecond how many are not authenticated, which takes a part of what it takes itself. */
  readonly isUnwatched: boolean;
}

export interface HostFigures {
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly maxUnauthenticated: number;
  /** Since the process began: whole upgrades. */
  readonly upgrades: number;
}

const SAMPLE_MS = 1;

async function host(plan: HostPlan): Promise<void> {
  const ownKey = OwnKey.fromSeed(new Uint8Array(32).fill(plan.hostSeed));
  const guestId = OwnKey.fromSeed(new Uint8Array(32).fill(plan.guestSeed)).id;
  let [upgrades, maxUnauthenticated] = [0, 0];

  const echo = async (channel: Channel): Promise<void> => {
    for await (const { kind, body } of channel.records) await channel.send(kind, body);
  };
  const admit = async (connection: ServerConnection): Promise<void> => {
    upgrades += 1;
    try {
      const channel = await openChannel(connection, {
        role: 'server',
        ownKey,
        onPlausible: () => {
          connection.raise('plausible');
          return true;
        },
        authorize: ({ id }) => Buffer.from(id).equals(guestId),
      });
      connection.raise('authenticated');
      await echo(channel);
    } catch {
      connection.terminate();
    }
  };
  const look = (): void => {
    maxUnauthenticated = Math.max(maxUnauthenticated, listener.unauthenticatedCount);
  };
  const listener = await listen({
    port: 0,
    hostname: '127.0.0.1',
    path: upgradePath(ownKey.id),
    isBehindTunnel: plan.isBehindTunnel,
    limits: plan.limitsThisMachine ? { isExempt: () => false } : {},
    onConnection: (connection) => {
      look();
      void admit(connection);
    },
  });
  if (!plan.isUnwatched) setInterval(look, SAMPLE_MS);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({
      cpuMs: (user + system) / 1_000,
      residentBytes: process.memoryUsage.rss(),
      maxUnauthenticated,
      upgrades,
    } satisfies HostFigures);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(listener.port);
}

await host(JSON.parse(process.argv[2] ?? '') as HostPlan);
