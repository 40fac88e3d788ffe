import { type BoxSection, sectionNeeds } from '@opensag/protocol'
import type { Box } from './box.ts'
import type { Device } from './device.ts'

/** How far a section of a box is: what was set of it, and what it said of it. */
export interface BoxTask {
  readonly state:
    | 'TaskNotExist'
    | 'Initialized'
    | 'Processing'
    | 'Succeed'
    | 'Offline'
    | 'VersionNotSupport'
    | 'BuildRequestError'
    | 'HardwareError'
  /** When it was set, or when the box said what is shown; undefined: neither has happened. */
  readonly at: number | undefined
  /** Why it is not in force, in a sentence. */
  readonly reason?: string
}

type Knowing = Pick<
  Device,
  | 'connected'
  | 'capabilities'
  | 'appliedRevision'
  | 'configOnTrial'
  | 'configFailing'
  | 'revertedRevision'
  | 'revertedReason'
> & { readonly instanceId?: string | undefined }

const reverted = {
  unconfirmed: 'The device could not be reached with it, and went back to what it had before.',
  failed: 'The system of the device did not take it.',
  restarts: 'The device started again and again with it, and went back to what it had before.',
} as const

/** What was set comes before what was said (behaviour: the task of a query is that of the last write, or of the report). */
export function boxTask(device: Knowing, { report, writes }: Box, section: BoxSection | undefined): BoxTask {
  const write = section && writes[section]
  const at = write?.at ?? report?.at
  if (write !== undefined && section !== undefined) {
    const { revision, problem } = write
    if (problem !== undefined) return { state: 'BuildRequestError', at, reason: problem }
    const isReverted = (device.revertedRevision ?? 0) >= revision && device.appliedRevision < revision
    if (isReverted) return { state: 'HardwareError', at, reason: reverted[device.revertedReason ?? 'failed'] }
    const refused = report?.refused.find((one) => one.section === section)
    const isRead = readRevision(device, report) >= revision
    if (isRead && refused !== undefined) return { state: 'HardwareError', at, reason: refused.reason }
    if (!device.connected) return { state: 'Offline', at }
    if (!tellsBox(device, section)) return { state: 'VersionNotSupport', at }
    if (device.appliedRevision < revision) return { state: 'Initialized', at }
    const isSettled = isRead && !device.configOnTrial && !device.configFailing
    return { state: isSettled ? 'Succeed' : 'Processing', at }
  }
  if (!device.connected) return { state: 'Offline', at }
  const asked = section !== undefined && alwaysTold.has(section) ? undefined : section
  if (!tellsBox(device, asked)) return { state: 'VersionNotSupport', at }
  return { state: report === undefined ? 'TaskNotExist' : 'Succeed', at }
}

/** Sections that programs which tell of a box have always told of, long before they could be set there. */
const alwaysTold: ReadonlySet<BoxSection> = new Set(['roles', 'wan', 'wifi'])

/** Its program says of its ports, and takes what is set of them. @param section of this part of them too */
export function tellsBox({ capabilities }: Pick<Device, 'capabilities'>, section?: BoxSection): boolean {
  const able = capabilities?.split(' ') ?? []
  return able.includes('box') && (section === undefined || able.includes(sectionNeeds[section]))
}

/** The newest configuration that was in force when the box was read; that of another instance counts for nothing. */
function readRevision({ instanceId }: Knowing, report: Box['report']): number {
  return report?.of?.instanceId === instanceId ? (report?.of?.revision ?? 0) : 0
}
