/** An address of a device that must be reachable through the CCN. */
export interface ServiceAddress {
  readonly serial: string
  /** D: remote logon to the local console, or where a probe sends from. */
  readonly type: 'RemoteWeb' | 'ProbeTask'
  /** Unsigned 32-bit number. */
  readonly address: number
}

/** How many addresses its probes may have on one device (C). */
export const probeAddressLimit = 10

/** A device has it for its probes. */
export function isProbeSource(all: readonly ServiceAddress[], serial: string, address: number): boolean {
  return all.some((one) => one.type === 'ProbeTask' && one.serial === serial && one.address === address)
}
