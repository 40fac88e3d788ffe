import { type Gateway, olderThan, type PasswordAge } from '@opensag/rotation'
import { z } from 'zod'
import { CommandFailure, UsageError } from '../exit.ts'
import { say } from '../say.ts'
import { mapConcurrently } from './concurrency.ts'
import { type Reader, shownRefusal } from './read.ts'
import { isElsewhere, openSagVersion } from './read-back.ts'

const action = 'DescribeGatewayConfiguration'

const devicesSchema = z.object({
  Devices: z.array(
    z.object({
      SerialNumber: z.string(),
      AdminPassword: z.string().optional(),
      AdminPasswordChangedAt: z.string().optional(),
    }),
  ),
})

/**
 * Those of the gateways whose password is older than the maximum age, as the server has recorded it.
 *
 * @throws UsageError when the endpoint keeps no such record: everything would be rotated, or nothing
 */
export async function onlyOlder(
  gateways: readonly Gateway[],
  { reader, concurrency, endpointTime }: OnlyOlderOptions,
  maxAgeMs: number,
): Promise<readonly Gateway[]> {
  const instances = new Map(gateways.map((gateway) => [`${gateway.regionId}/${gateway.instanceId}`, gateway]))
  const ages = new Map<string, PasswordAge>()
  await mapConcurrently([...instances.values()], concurrency, async ({ regionId, instanceId }) => {
    const params = { RegionId: regionId, SmartAGId: instanceId }
    const answer = await reader.ask(regionId, action, params, openSagVersion)
    // One that went away meanwhile stays in the plan, so that it is told of.
    if (answer.code === 'SAG.InstanceNoFound') return
    if (isElsewhere(answer)) {
      throw new UsageError(say('--max-age needs an OpenSAG: this endpoint keeps no record of how old passwords are.'))
    }
    const parsed = devicesSchema.safeParse(answer.body)
    if (answer.status !== 200 || !parsed.success) {
      throw new CommandFailure(`${action} of ${instanceId}: ${shownRefusal(answer)}`)
    }
    for (const device of parsed.data.Devices)
      ages.set(`${regionId}/${instanceId}/${device.SerialNumber}`, ageOf(device))
  })
  const now = endpointTime() ?? Date.now()
  const aged = gateways.map((gateway) => ({
    gateway,
    age: ages.get(`${gateway.regionId}/${gateway.instanceId}/${gateway.serial}`),
  }))
  return olderThan(aged, { maxAgeMs, now })
}

export interface OnlyOlderOptions {
  readonly reader: Pick<Reader, 'ask'>
  readonly concurrency: number
  /** The dates are by this clock. */
  readonly endpointTime: () => number | undefined
}

function ageOf({
  AdminPassword,
  AdminPasswordChangedAt,
}: z.infer<typeof devicesSchema>['Devices'][number]): PasswordAge {
  if (AdminPassword === 'NotSet' || AdminPassword === 'NeverChanged') return 'default'
  const changedAt = Date.parse(AdminPasswordChangedAt ?? '')
  return Number.isNaN(changedAt) ? undefined : { changedAt }
}
