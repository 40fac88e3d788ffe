import type { Box } from '../../../model/box.ts'
import { tellsBox } from '../../../model/box-task.ts'
import type { Instance } from '../../../model/instance.ts'
import type { BoxChange, BoxPlace } from '../../../store/gateways/boxes.ts'
import type { OperationContext } from '../../context.ts'
import { changeProblem, placeOf } from '../ports/box-change.ts'
import { newerBox } from '../ports/newer-box.ts'
import type { newerChangeErrors } from '../ports/newer-change-errors.ts'

type Code = Exclude<keyof typeof newerChangeErrors, 'MissParameter.GatewayId' | 'SAG.InstanceNoFound'>

interface ChangedDns {
  readonly box: Box
  readonly place: BoxPlace
  readonly how: BoxChange
}

/** A box of the SCG5000 family whose names can be set now, where that goes, and how. */
export async function changedNewerDns(
  context: Pick<OperationContext, 'fleet' | 'boxes' | 'now'> & { readonly fail: (code: Code) => Error },
  instance: Instance,
  serial: string | undefined,
  section: 'dns' | 'forwards',
): Promise<ChangedDns> {
  const { now, fail } = context
  const { device, box } = await newerBox(context, instance, serial)
  if (!tellsBox(device, section)) throw fail('FeatureNotSupport') // its program does not know of it
  const problem = changeProblem(device)
  if (problem !== undefined) throw fail(problem)
  const [place, how] = placeOf({ instance, device, box }, now, section)
  return { box, place, how }
}
