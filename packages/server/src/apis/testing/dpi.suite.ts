// Support for the tests of operations on applications.
import type { Harness } from './harness-on.suite.ts'

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
