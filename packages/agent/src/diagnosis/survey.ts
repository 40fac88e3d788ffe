/** What only a machine that carries packets can be asked, for a diagnosis. */
export interface Survey {
  /** The next router on the way to the Internet, and how long it takes to answer; `ms` undefined: it does not. Undefined: there is no way. */
  nextHop(): Promise<{ readonly address: string; readonly ms: number | undefined } | undefined>
  /** The bytes of the largest packet that gets to an address whole, and of the largest that leaves; `got` 0: none gets there. */
  pathMtu(address: string): Promise<{ readonly got: number; readonly most: number }>
  /** How many prefixes its tunnels lead to. */
  routes(): Promise<number>
}
