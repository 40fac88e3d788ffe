import { type Box, hasOlderPorts } from '../../../model/box.ts'
import { tellsBox } from '../../../model/box-task.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import type { RoutedBox } from '../../../model/routing.ts'
import type { OperationContext } from '../../context.ts'
import { type ChangedBox, changedBox, changeProblem } from '../ports/box-change.ts'
import type { changeErrors } from '../ports/box-errors.ts'
import { newerBox, type newerErrors } from '../ports/newer-box.ts'

export type ChangedRouting = ChangedBox<Box & RoutedBox>

type Context = Pick<OperationContext, 'fleet' | 'boxes' | 'now'>
type OlderCode = keyof typeof changeErrors
type NewerCode =
  | Exclude<keyof typeof newerErrors, 'MissParameter.GatewayId' | 'SAG.InstanceNoFound'>
  | NonNullable<ReturnType<typeof changeProblem>>

/** The box whose routing a call changes. A program that says nothing of its routing takes none either. */
export async function changedRouting(
  context: Context & { readonly fail: (code: OlderCode) => Error },
  instance: Instance,
  serial: string,
): Promise<ChangedRouting> {
  const { device, box } = await changedBox(context, instance, serial, (one) => hasOlderPorts(one))
  return { instance, device, box: routed(device, box, context.fail) }
}

/** The same of a box of the SCG5000 family. */
export async function changedNewerRouting(
  context: Context & { readonly fail: (code: NewerCode) => Error },
  instance: Instance,
  serial: string | undefined,
): Promise<ChangedRouting> {
  const { device, box } = await newerBox(context, instance, serial)
  if (!tellsBox(device)) throw context.fail('FeatureNotSupport')
  const problem = changeProblem(device)
  if (problem !== undefined) throw context.fail(problem)
  return { instance, device, box: routed(device, box, context.fail) }
}

function routed(
  device: Device,
  box: Box,
  fail: (code: 'FeatureNotSupport' | 'ResourceConfiguring') => Error,
): Box & RoutedBox {
  const { report } = box
  if (!tellsBox(device, 'globalProtocol')) throw fail('FeatureNotSupport')
  if (report?.routing === undefined) throw fail('ResourceConfiguring') // it is about to say it
  const { routing } = report
  return { ...box, report: { ...report, routing } }
}
