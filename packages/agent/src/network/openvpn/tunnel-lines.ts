/** OpenVPN has opened or closed the interface of a client, with what the server told it. */
export interface TunnelEvent {
  readonly is: 'tunnel'
  readonly isUp: boolean
  /** The name of the interface. */
  readonly device: string
  /** DNS servers the server has pushed, in their order. */
  readonly dns: readonly string[]
}

/** More than any server of ours pushes; what comes after them is left out. */
const mostServers = 8

/** Reads what OpenVPN tells of its interface (`management-up-down`), without the `>UPDOWN:` that each line begins with. */
export class TunnelReader {
  #isUp: boolean | undefined
  #device = ''
  /** By the number of the option: OpenVPN writes its variables in no order. */
  #dns = new Map<number, string>()

  /** @returns what a block of lines says, at its last one */
  read(text: string): TunnelEvent | undefined {
    if (text === 'UP' || text === 'DOWN') {
      this.#isUp = text === 'UP'
      this.#device = ''
      this.#dns = new Map()
    } else if (text === 'ENV,END') {
      const isUp = this.#isUp
      this.#isUp = undefined
      return isUp === undefined ? undefined : { is: 'tunnel', isUp, device: this.#device, dns: this.#inOrder() }
    } else this.#entry(text)
    return undefined
  }

  #entry(text: string): void {
    const device = /^ENV,dev=([\w.-]{1,15})$/.exec(text)
    if (device?.[1] !== undefined) this.#device = device[1]
    const [, number, server] =
      /^ENV,foreign_option_(\d{1,3})=dhcp-option DNS (\d{1,3}(?:\.\d{1,3}){3})$/.exec(text) ?? []
    if (server !== undefined && this.#dns.size < mostServers) this.#dns.set(Number(number), server)
  }

  #inOrder(): readonly string[] {
    return [...this.#dns].sort(([one], [other]) => one - other).map(([, server]) => server)
  }
}
