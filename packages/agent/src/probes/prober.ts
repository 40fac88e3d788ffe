/** One echo request. */
export interface Echo {
  /** The address it comes from. */
  readonly from: string
  readonly to: string
  readonly timeoutMs: number
}

/**
 * Milliseconds until the answer; `lost`: none came in time, or there is no way to the address; `unsent`: this gateway cannot send
 * from that address, or not at all.
 */
export type EchoOutcome = { readonly is: 'answered'; readonly afterMs: number } | { readonly is: 'lost' | 'unsent' }

/** One probe of a task. */
export interface TaskProbe {
  readonly protocol: 'icmp' | 'tcp' | 'http'
  /** The address it comes from; undefined: the one that this gateway has on its way to the Internet. */
  readonly from: string | undefined
  /** An address or a name; with `http` a URL. */
  readonly to: string
  readonly port: number | undefined
  readonly timeoutMs: number
}

/** As of an echo request; `unresolved`: the name has no address that may be probed. */
export type TaskOutcome = EchoOutcome | { readonly is: 'unresolved' }

/** Sends what a gateway probes with. */
export interface Prober {
  echo(echo: Echo): Promise<EchoOutcome>
  probe(probe: TaskProbe): Promise<TaskOutcome>
}

/** Of a gateway that cannot send anything. */
export const noProber: Prober = {
  echo: async () => ({ is: 'unsent' }),
  probe: async () => ({ is: 'unsent' }),
}
