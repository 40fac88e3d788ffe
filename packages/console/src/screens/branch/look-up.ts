import type { Answer } from '@opensag/smartag-client'
import { networksOf } from '../../app/networks.ts'
import { call } from '../../app/session.svelte.ts'
import type { Draft } from '../../branch/draft.ts'
import type { StepName } from '../../branch/making.ts'

/** Clocks of two machines differ, milliseconds. */
const tolerance = 5_000

/** What a step that was sent has answered, where it was done; undefined: it was not, or may be done again. */
export async function lookUp(name: StepName, draft: Draft): Promise<Answer | undefined> {
  const { regionId, made } = draft
  if (name === 'network') {
    const found = (await networksOf(regionId)).find(({ Name }) => Name === draft.newNetwork)
    return found && { CcnId: found.CcnId }
  }
  if (name === 'order') {
    const { Instances } = await call('OpenSAG', 'ListFleet', { RegionId: regionId, MaxResults: 5000 })
    // Nothing but this order is so young, has its name and no block yet.
    const since = (made.sentAt ?? 0) - tolerance
    const found = Instances.find(
      (one) => one.Name === draft.name && one.CidrBlock === undefined && (one.CreateTime ?? 0) >= since,
    )
    return found && { SmartAGId: found.SmartAGId }
  }
  if (name === 'activate') return (await attributeOf(draft)).Status === 'Received' ? undefined : {}
  if (name === 'join') return (await attributeOf(draft)).AssociatedCcnId === undefined ? undefined : {}
  return undefined
}

/** The second image of a vCPE: a branch of one machine does without. */
export async function standbyOf(draft: Draft): Promise<string> {
  const { Devices } = await attributeOf(draft)
  return Devices.Device.find(({ HaState }) => HaState === 'Standby')?.SerialNumber ?? ''
}

function attributeOf({ regionId, made }: Draft) {
  const place = { RegionId: regionId, SmartAGId: made.instanceId ?? '' }
  return call('Smartag', 'DescribeSmartAccessGatewayAttribute', place)
}
