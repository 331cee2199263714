// How long things may take and how large they may get. What cloudflared and its edge need is in docs/guides/tunnels.md.

/** The times that tests make small. All in milliseconds. */
export interface TunnelLimits {
  /** From the start of cloudflared to its URL. Its own request to the service gives up after 15 s. */
  readonly startTimeoutMs: number;
  /** From the URL to the first connection with the edge; then http2 instead of QUIC is tried, once. */
  readonly registerTimeoutMs: number;
  /**
   * From the first connection to the first look-up of the name. Who asks earlier is told that it does not
   * exist, and every user of the same resolver hears that again for 30 minutes.
   */
  readonly settleMs: number;
  /** Between the boxed line with the URL and doing without the metrics server, which should open then. */
  readonly metricsTimeoutMs: number;
  /** How long the public URL may take to lead here, once it is looked at. */
  readonly probeTimeoutMs: number;
  /** Between two looks at cloudflared's state. */
  readonly pollMs: number;
  /** Without a connection for this long a tunnel is dead, though its process lives and goes on trying. */
  readonly deadAfterMs: number;
  /** Between SIGTERM and SIGKILL. */
  readonly endTimeoutMs: number;
  /** The same for a watchdog, which has nobody to wait for. */
  readonly orphanEndTimeoutMs: number;
  /** The first pause before a new process, doubled each time up to the longest. */
  readonly restartDelayMs: number;
  readonly longestRestartDelayMs: number;
  /** The same after the service said that it was asked too often. */
  readonly rateLimitDelayMs: number;
  readonly longestRateLimitDelayMs: number;
  /** For the watchdog to say that it is there. */
  readonly watchdogStartTimeoutMs: number;
}

/** The times that are used unless others are given. */
export const DEFAULT_LIMITS: TunnelLimits = {
  startTimeoutMs: 45_000,
  registerTimeoutMs: 15_000,
  settleMs: 12_000,
  metricsTimeoutMs: 5_000,
  probeTimeoutMs: 30_000,
  pollMs: 1_000,
  deadAfterMs: 75_000,
  endTimeoutMs: 5_000,
  orphanEndTimeoutMs: 3_000,
  restartDelayMs: 1_000,
  longestRestartDelayMs: 60_000,
  rateLimitDelayMs: 300_000,
  longestRateLimitDelayMs: 3_600_000,
  watchdogStartTimeoutMs: 10_000,
};

/** What cloudflared gives requests that are under way when it is told to end. */
export const GRACE_PERIOD_SECONDS = 2;
/** A longer line of cloudflared's output is cut here; none that matters is. */
export const MAX_LINE_CHARACTERS = 4_096;
/** Answers of cloudflared's metrics server. */
export const MAX_METRICS_BYTES = 4_096;
/** One look at the metrics server. */
export const METRICS_TIMEOUT_MS = 2_000;
/** Between two looks for the URL, while people wait. */
export const START_POLL_MS = 250;
/** Between two watchdogs, if the first one did not live long. */
export const REPLACE_DELAY_MS = 1_000;
/** From the end of the process to the end of its output. */
export const LAST_WORDS_MS = 500;
/** One look at the public URL; and how many may fail here before it is left to others to look. */
export const PROBE_TIMEOUT_MS = 10_000;
export const MAX_BLIND_PROBES = 3;
/** `cloudflared --version`. */
export const VERSION_TIMEOUT_MS = 10_000;
/** Reading another process's start time. */
export const IDENTITY_TIMEOUT_MS = 5_000;
/** How often another port is tried if ours was taken in between. */
export const MAX_PORT_ATTEMPTS = 5;
/** A record of a started process; and how many of them a start looks at. */
export const MAX_RECORD_BYTES = 16_384;
export const MAX_RECORDS = 256;
/** A start writes its record within moments: what has none after this long was given up before that. */
export const STRAY_AGE_MS = 3_600_000;

/** The release API's answer, an asset as downloaded, and the program inside an archive. */
export const MAX_RELEASE_BYTES = 4 * 2 ** 20;
export const MAX_ASSET_BYTES = 256 * 2 ** 20;
/** Nothing received for this long ends a download. */
export const DOWNLOAD_IDLE_TIMEOUT_MS = 30_000;
