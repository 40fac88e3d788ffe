// Support for the tests of operations on applications.
import type { ApplicationPackage } from '../../model/application-package.ts'
import { fresh } from './fresh-ids.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId, regionId } from './names.suite.ts'
import { change } from './networks.suite.ts'

/** A gateway that was here and recognises applications, unless it is said otherwise. */
export function addInspector(
  world: Harness,
  instanceId: string,
  given: Parameters<Harness['addDevice']>[1] = {},
): Promise<string> {
  return world.addDevice(instanceId, {
    ...{ sealKey: 'key', capabilities: 'config-trial acl qos dpi', dpiEngine: '4.2.0' },
    ...given,
  })
}

/** One whose program is too old, and one without nDPI. */
export const tooOld = { capabilities: 'config-trial' } as const
export const withoutEngine = { dpiEngine: undefined } as const

/** Of 100 Mbit/s for HTTP, unless it is said otherwise. */
export async function addPackage(world: Harness, given: Partial<ApplicationPackage> = {}): Promise<string> {
  const id = given.id ?? fresh(world, 'abwp-test')
  await change(world, ({ applicationPackages }) =>
    applicationPackages.add({
      ...{ accountId, regionId, name: id, bandwidth: 100, createdAt: world.now },
      applications: { groups: [], signatures: [7] },
      ...given,
      id,
    }),
  )
  return id
}
