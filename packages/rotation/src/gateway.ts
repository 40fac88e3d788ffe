/** One gateway device as a rotation sees it. Nothing here is secret. */
export interface Gateway {
  readonly regionId: string
  readonly instanceId: string
  readonly instanceName: string | undefined
  /** The cloud connect network its instance is in. */
  readonly ccnId: string | undefined
  readonly serial: string
  /** `SmartAGType` of DescribeSAGDeviceInfo. */
  readonly model: string | undefined
  /** Firmware version; a box that has never reported has none. */
  readonly version: string | undefined
  /** Its part in a pair; a single device is the active one. */
  readonly role: 'active' | 'standby'
  /** Whether it was connected when the fleet was listed. */
  readonly online: boolean
  /** Since when it has its password (ISO 8601), or that nobody has changed it; only where a maximum age was asked for. */
  readonly passwordChangedAt?: string | undefined
}

/** A serial number is unique in an account, but nothing published says that it is so over all regions. */
export function keyOf({ regionId, instanceId, serial }: Pick<Gateway, 'regionId' | 'instanceId' | 'serial'>): string {
  return `${regionId}/${instanceId}/${serial}`
}
