import type { StaticRoute } from '@opensag/protocol'
import type { Box } from '../../../model/box.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import type { Device } from '../../../model/device.ts'
import type { Instance } from '../../../model/instance.ts'
import { tellsRoutes } from '../../../model/static-route.ts'
import type { OperationContext } from '../../context.ts'
import { changedBox, isGivenUp } from '../ports/box-change.ts'
import type { changeErrors } from '../ports/box-errors.ts'

type Context = Pick<OperationContext, 'caller' | 'fleet' | 'boxes'> & {
  readonly fail: (code: keyof typeof changeErrors | 'SAG.InstanceNoFound') => Error
}

interface Changed {
  readonly instance: Instance
  readonly device: Device
  readonly box: Box & { readonly report: NonNullable<Box['report']> }
  /** Those it has now: as they are set, or of a box nobody has set yet as it says. */
  readonly routes: readonly StaticRoute[]
}

/** The box whose static routes a call changes. */
export async function changedRoutes(
  context: Context,
  {
    RegionId,
    SmartAGId,
    SmartAGSn,
  }: { readonly RegionId: string; readonly SmartAGId: string; readonly SmartAGSn: string },
): Promise<Changed> {
  const instance = await context.fleet.instance(context.caller.accountId, RegionId, SmartAGId)
  if (instance === undefined) throw context.fail('SAG.InstanceNoFound')
  const { device, box } = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
  if (!tellsRoutes(device)) throw context.fail('FeatureNotSupport')
  return { instance, device, box, routes: box.settings.staticRoutes ?? box.report.staticRoutes ?? [] }
}

/** Sets all of them: the box is told. */
export async function setRoutes(
  { boxes, now }: Pick<OperationContext, 'boxes' | 'now'>,
  { instance, device, box }: Changed,
  routes: readonly StaticRoute[],
): Promise<void> {
  const place = { serial: device.serial, instanceId: instance.id }
  await boxes.set(place, 'staticRoutes', routes, { at: now, isGivenUp: isGivenUp(device, box, 'staticRoutes') })
}
