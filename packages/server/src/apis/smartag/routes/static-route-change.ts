import type { StaticRoute } from '@opensag/protocol'
import { hasOlderPorts } from '../../../model/box.ts'
import { tellsBox } from '../../../model/box-task.ts'
import type { OperationContext } from '../../context.ts'
import { type ChangedBox, changedBox, placeOf, type ReportedBox } from '../ports/box-change.ts'
import type { changeErrors } from '../ports/box-errors.ts'

type Context = Pick<OperationContext, 'caller' | 'fleet' | 'boxes'> & {
  readonly fail: (code: keyof typeof changeErrors | 'SAG.InstanceNoFound') => Error
}

interface Changed extends ChangedBox<ReportedBox> {
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
  const changed = await changedBox(context, instance, SmartAGSn, hasOlderPorts)
  if (!tellsBox(changed.device, 'staticRoutes')) throw context.fail('FeatureNotSupport')
  const { settings, report } = changed.box
  return { ...changed, routes: settings.staticRoutes ?? report.staticRoutes ?? [] }
}

/** Sets all of them: the box is told. */
export async function setRoutes(
  { boxes, now }: Pick<OperationContext, 'boxes' | 'now'>,
  changed: Changed,
  routes: readonly StaticRoute[],
): Promise<void> {
  const [place, how] = placeOf(changed, now, 'staticRoutes')
  await boxes.set(place, 'staticRoutes', routes, how)
}
