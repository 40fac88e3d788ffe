import type { OspfConfig, Secret } from '@opensag/protocol'
import { ospfProblem } from '../../../model/routing.ts'
import type { OperationContext } from '../../context.ts'
import { placeOf } from '../ports/box-change.ts'
import { sealedOrKept } from '../ports/box-secrets.ts'
import type { ChangedRouting } from './changed-routing.ts'

/** What a call says of OSPF. */
export interface WantedOspf {
  readonly RouterId: string
  readonly AreaId: number
  readonly HelloTime: number
  readonly DeadTime: number
  readonly AuthenticationType: OspfConfig['authentication']
  readonly Md5KeyId: number | undefined
  readonly Md5Key: Secret | undefined
  readonly Password: Secret | undefined
}

/**
 * Sets OSPF. What is left out of the authentication stays as it is; what another authentication would need is kept too, and a new value of
 * it is not looked at.
 *
 * @param lacks a value that the authentication needs, and there is none
 */
export async function setOspf(
  context: Pick<OperationContext, 'boxes' | 'ids' | 'now'> & {
    readonly fail: (code: 'SmartAccessGatewayNotOnline') => Error
  },
  changed: ChangedRouting,
  wanted: WantedOspf,
  lacks: (name: 'Md5KeyId' | 'Md5Key' | 'Password') => Error,
): Promise<void> {
  const { boxes, now } = context
  const { device, box } = changed
  const before = box.settings.ospf
  const { AuthenticationType: authentication } = wanted
  const [isMd5, isClear] = [authentication === 'MD5', authentication === 'CLEARTEXT']
  const md5KeyId = (isMd5 ? wanted.Md5KeyId : undefined) ?? before?.md5KeyId
  const sealed = (name: 'md5Key' | 'password', given: Secret | undefined) =>
    sealedOrKept(device, { section: 'ospf', name }, { given, kept: before?.[name] }, context)
  const md5Key = sealed('md5Key', isMd5 ? wanted.Md5Key : undefined)
  const password = sealed('password', isClear ? wanted.Password : undefined)
  if (isMd5 && md5KeyId === undefined) throw lacks('Md5KeyId')
  if (isMd5 && md5Key === undefined) throw lacks('Md5Key')
  if (isClear && password === undefined) throw lacks('Password')
  const [place, how] = placeOf(changed, now, 'ospf')
  const problem = ospfProblem({ dead: wanted.DeadTime, authentication, md5KeyId })
  if (problem !== undefined) return boxes.setInVain(place, 'ospf', { at: now, problem })
  const ospf: OspfConfig = {
    routerId: wanted.RouterId,
    area: wanted.AreaId,
    hello: wanted.HelloTime,
    dead: wanted.DeadTime,
    authentication,
    ...(md5KeyId === undefined ? {} : { md5KeyId }),
    ...(md5Key === undefined ? {} : { md5Key }),
    ...(password === undefined ? {} : { password }),
  }
  await boxes.set(place, 'ospf', ospf, how)
}
