/** What {@link import('./guest.ts')} has seen. */
export interface Facts {
  readonly kernel: string
  /** What encrypts, as a gateway and the point of presence tell. */
  readonly told: readonly (string | undefined)[]
  /** The address of the gateway in the internet. */
  readonly gateway: string
  /** Interfaces of a strongSwan that encrypts itself, there. */
  readonly userSpaceDevices: readonly string[]
  /** Of a gateway, before and after the pings from its terminal to the cloud. */
  readonly before: readonly Sa[]
  readonly pings: { readonly count: number; readonly answered: number }
  readonly after: readonly Sa[]
  readonly atPop: readonly Sa[]
  /** Of the gateway, after a change of its block. */
  readonly afterChange: readonly Sa[]
  /** With its policies taken from the kernel: of five. */
  readonly answeredWithoutPolicies: number
  /** Packets that the guard has dropped meanwhile. */
  readonly guarded: number
  /** What the internet has seen in the clear, and how many packets of tunnels. */
  readonly leaks: readonly string[]
  readonly encrypted: number
  /** Of the gateway, when its strongSwan was killed. */
  readonly killed: readonly Sa[]
  /** Of the gateway, after `opensag agent --remove`. */
  readonly left: readonly Sa[]
  readonly leftPolicies: readonly string[]
}

/** A security association of a kernel. */
export interface Sa {
  readonly spi: string
  /** The kernel forgets it so long after it was made; 0: never. */
  readonly mostSeconds: number
  readonly source: string
  readonly destination: string
  /** As the kernel calls it. */
  readonly cipher: string
  readonly bytes: number
  readonly packets: number
}
