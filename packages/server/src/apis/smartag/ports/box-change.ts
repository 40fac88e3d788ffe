import type { BoxSection, PortRole } from '@opensag/protocol'
import type { Box } from '../../../model/box.ts'
import { boxTask, tellsBox } from '../../../model/box-task.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import type { BoxChange, BoxPlace } from '../../../store/gateways/boxes.ts'
import type { OperationContext } from '../../context.ts'
import type { changeErrors } from './box-errors.ts'
import { requireAble } from './box-query.ts'

/** A box that is to be set, and what is known of it. */
export interface ChangedBox<B extends Box = Box> {
  readonly instance: Instance
  readonly device: Device
  readonly box: B
}

export type ReportedBox = Box & { readonly report: NonNullable<Box['report']> }

type ChangeCode = Exclude<keyof typeof changeErrors, 'InvalidParameter'>

/** Whether a box that is there can be set now; and what it is. A box that is away is set when it comes back. */
export async function changedBox(
  { boxes, fail }: Pick<OperationContext, 'boxes'> & { readonly fail: (code: ChangeCode) => Error },
  instance: Instance,
  serial: string,
  isAble: (device: Device) => boolean,
): Promise<ChangedBox<ReportedBox>> {
  if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
  const device = instance.devices.find((one) => one.serial === serial)
  if (device === undefined) throw fail('Sag.DeviceNotExist')
  requireAble(instance, device, isAble, fail)
  const box = await boxes.of(serial)
  const { report } = box
  if (report === undefined) throw fail(unreported(device))
  const problem = changeProblem(device)
  if (problem !== undefined) throw fail(problem)
  return { instance, device, box: { ...box, report } }
}

/** The same of every box of the instance, for what is set of all of them; the one that the call names is looked at first. */
export async function changedBoxes(
  context: Parameters<typeof changedBox>[0],
  instance: Instance,
  serial: string,
  isAble: (device: Device) => boolean,
): Promise<readonly [ChangedBox<ReportedBox>, ...ChangedBox<ReportedBox>[]]> {
  const named = await changedBox(context, instance, serial, isAble)
  const others: ChangedBox<ReportedBox>[] = []
  for (const other of instance.devices)
    if (other.serial !== serial) others.push(await changedBox(context, instance, other.serial, isAble))
  return [named, ...others]
}

/** Of a table that has another code for a device that is not there. */
export function deviceAsInstance(
  fail: (code: Exclude<keyof typeof changeErrors, 'Sag.DeviceNotExist'> | 'InstanceNotExit') => Error,
): (code: keyof typeof changeErrors) => Error {
  return (code) => fail(code === 'Sag.DeviceNotExist' ? 'InstanceNotExit' : code)
}

/** What its ports are called is not known: its program does not say it, it is away, or it is about to say it. */
function unreported(device: Device): ChangeCode {
  if (!device.connected) return 'SmartAccessGatewayNotOnline'
  return tellsBox(device) ? 'ResourceConfiguring' : 'FeatureNotSupport'
}

/** Why a box cannot be set now; undefined: it can. */
export function changeProblem(
  device: Device,
): 'ConfigSynchronizing' | 'ConfigUnsynchronized' | 'ResourceInOperating' | 'ResourceConfiguring' | undefined {
  if (device.synStatus === 'Synchronizing') return 'ConfigSynchronizing'
  if (device.synStatus === 'Unsynchronized') return 'ConfigUnsynchronized'
  if (device.restartingSince !== undefined) return 'ResourceInOperating'
  return device.configOnTrial ? 'ResourceConfiguring' : undefined
}

/** Where a change is recorded, and how. @param section whose task says whether the box has given up; absent: each says it of itself */
export function placeOf(
  { instance, device, box }: ChangedBox,
  now: number,
  section?: BoxSection,
): readonly [BoxPlace, BoxChange] {
  const isOwn = (one: BoxSection): boolean => isGivenUp(device, box, one)
  return [
    { serial: device.serial, instanceId: instance.id },
    { at: now, isGivenUp: section === undefined ? isOwn : isOwn(section) },
  ]
}

/** What was set before is not in force, and is not going to be. */
function isGivenUp(device: Device, box: Box, section: BoxSection): boolean {
  const { state } = boxTask(device, box, section)
  return state === 'HardwareError' || state === 'BuildRequestError'
}

/** At its place, or behind all others. */
export function replaced<T extends { readonly port: string }>(all: readonly T[], one: T): readonly T[] {
  const index = all.findIndex(({ port }) => port === one.port)
  return index < 0 ? [...all, one] : all.with(index, one)
}

/** Whether a port is there and has this role, as the device says. */
export function hasRole({ report }: Pick<Box, 'report'>, port: string, role: PortRole): boolean {
  return report?.ports.some((one) => one.name === port && one.role === role) === true
}
