import type { Refusal } from '../../../declare/index.ts'
import type { OperationContext } from '../../context.ts'

interface Context extends Pick<OperationContext, 'caller' | 'fleet' | 'remoteUsers' | 'now'> {
  readonly fail: (code: 'SAG.InstanceNoFound' | 'Forbidden' | 'ClientUser.NameInvalid') => Refusal
}

interface Named {
  readonly RegionId: string
  readonly SmartAGId: string
  readonly UserName: string
}

/** What EnableSmartAccessGatewayUser and DisableSmartAccessGatewayUser do. A disabled account is logged off. */
export async function setUserState(
  { caller, fleet, remoteUsers, now, fail }: Context,
  { RegionId, SmartAGId, UserName }: Named,
  state: 'enabled' | 'disabled',
): Promise<void> {
  const app = await fleet.instanceById(SmartAGId)
  if (app?.kind !== 'app' || app.regionId !== RegionId) throw fail('SAG.InstanceNoFound')
  if (app.accountId !== caller.accountId) throw fail('Forbidden')
  if ((await remoteUsers.user(app.id, UserName)) === undefined) throw fail('ClientUser.NameInvalid')

  await remoteUsers.editUser(app.id, UserName, { state })
  if (state === 'disabled') await remoteUsers.endSessionsOf(app.id, UserName, 'UserDisabled', now)
}
