import type { Secret } from '@opensag/protocol'
import { inParts, type WaveShape, waveSizesInParts } from '@opensag/rules'
import type { Jobs, NewItem } from '../../store/jobs/jobs.ts'
import { hasAdminPassword, named, readPasswords } from './password-list.ts'

type Planned =
  | { readonly items: readonly NewItem[]; readonly sizes: readonly number[] }
  | { readonly wrong: 'InvalidPasswords' | 'FeatureNotSupport'; readonly detail: string }

/** Which device of these instances gets which password, in which wave; all of them or, when anything is wrong, none. */
export async function planRotation(
  jobs: Jobs,
  instances: readonly NewItem[],
  { accountId, list, shape }: { readonly accountId: string; readonly list: Secret; readonly shape: WaveShape },
): Promise<Planned> {
  const placed = new Map(instances.map((instance) => [instance.instanceId, instance]))
  const known = await jobs.devicesOf([...placed.keys()])
  const passwords = readPasswords(list.revealBytes(), (serial) => known.has(serial))
  if (typeof passwords === 'string') return { wrong: 'InvalidPasswords', detail: passwords }
  const devices = passwords.flatMap((listed) => {
    const device = known.get(listed.serial)
    const instance = placed.get(device?.instanceId ?? '')
    return device === undefined || instance === undefined ? [] : [{ ...listed, ...device, ...instance }]
  })

  const refuse = (wrong: 'InvalidPasswords' | 'FeatureNotSupport', detail: string): Planned => {
    for (const { password } of passwords) password.wipe()
    return { wrong, detail }
  }
  const covered = new Set(devices.map(({ instanceId }) => instanceId))
  const without = [...placed.keys()].filter((id) => !covered.has(id))
  if (without.length > 0) return refuse('InvalidPasswords', `No password for: ${named(without)}`)
  const unable = devices.filter((device) => !hasAdminPassword(device))
  if (unable.length > 0) return refuse('FeatureNotSupport', named(unable.map(({ serial }) => serial)))

  const elsewhere = await jobs.rotating(accountId)
  const taken = devices.flatMap(({ serial }) =>
    elsewhere.get(serial) === undefined ? [] : [`${serial} (${elsewhere.get(serial)})`],
  )
  if (taken.length > 0)
    return refuse('InvalidPasswords', `In a job that has not given them theirs yet: ${named(taken)}`)

  const parts = inParts(devices, ({ instanceId }) => instanceId)
  return {
    sizes: waveSizesInParts(
      parts.map(({ length }) => length),
      shape,
    ),
    items: parts.flat().map(({ instanceId, regionId, serial, password }) => ({
      instanceId,
      regionId,
      device: { serial, password },
    })),
  }
}
