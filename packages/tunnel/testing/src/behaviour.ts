/** What a stand-in does differently from a cloudflared on a good day. Each start reads it anew. */
export interface StandInBehaviour {
  /** What `--version` tells. */
  readonly version?: string;
  /** Says that it asks for a tunnel, and nothing more. */
  readonly hangsAtStart?: boolean;
  /** Does nothing on SIGTERM, SIGINT and SIGHUP. */
  readonly ignoresSignals?: boolean;
  /** Ends by itself, at the start or once it is connected. */
  readonly exits?: { readonly code: number; readonly when: 'at-start' | 'when-registered' };
  /** A newer version is there: without `--no-autoupdate` it replaces itself and ends with 11. */
  readonly hasUpdate?: boolean;
  /** Writes so much to stderr, in one line, before anything else. */
  readonly floodBytes?: number;
  /** No metrics server, as if it could be reached by nobody. */
  readonly hasNoMetrics?: boolean;
  /** Somebody else listens on its metrics port. */
  readonly findsMetricsPortTaken?: boolean;
  /** Options that this version does not know. */
  readonly unknownOptions?: readonly string[];
}

/** The file beside the program that it reads at each start. */
export interface StandInSettings {
  readonly edgeUrl: string;
  readonly behaviour: StandInBehaviour;
}

/** How it was called, one line a start in the file beside it. */
export interface StandInCall {
  readonly pid: number;
  readonly parentPid: number;
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What `--config` named, as it was then. */
  readonly config: string | undefined;
}

export const SETTINGS_FILE = 'stand-in.json';
export const CALLS_FILE = 'stand-in-calls.jsonl';
