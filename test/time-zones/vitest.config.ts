import { defineConfig } from 'vitest/config'
import { root } from '../support/process.ts'
import { common } from '../support/vitest-common.ts'

/** East and west of Greenwich, with summer time and without, of whole hours and not. All other tests run in that of the machine, mostly UTC. */
export const zones: readonly string[] = ['Asia/Shanghai', 'America/St_Johns', 'Pacific/Chatham']

/** The tests in which a date is made, read or reckoned with, and one that shows that the zone is in force. */
const suites = [
  'test/time-zones/zone.suite.ts',
  'packages/agent/src/console/status-page.test.ts',
  'packages/server/src/model/{activation,calendar,client-user,lifecycles,order}.test.ts',
  'packages/server/src/rpc/{signatures,time}.test.ts',
  'packages/server/src/apis/smartag/client-users/delete-smart-access-gateway-client-user.test.ts',
  'packages/server/src/apis/smartag/instances/activate-smart-access-gateway.test.ts',
  'packages/server/src/apis/actiontrail/lookup-events.test.ts',
  'packages/server/src/apis/ram/{access-keys/get-access-key-last-used,users/get-user}.test.ts',
]

export default defineConfig({
  ...common,
  root,
  test: {
    maxWorkers: 1,
    projects: zones.map((zone) => ({
      ...common,
      root,
      test: {
        ...common.test,
        name: zone,
        include: suites,
        env: { ...common.test.env, TZ: zone },
        // Shared: a worker of its own for each file would cost far more than the tests.
        isolate: false,
      },
    })),
  },
})
