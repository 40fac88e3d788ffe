import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

const upgrades = 'packages/server/src/auto-upgrades.test.ts'
const upBandwidth = operation('instances/modify-smart-access-gateway-up-bandwidth')

export const storeBandwidth: readonly MutatedFile[] = [
  {
    file: '../model/network.ts',
    tests: [upBandwidth],
    changes: [
      {
        name: 'limit-of-the-wan-not-told',
        breaks: 'A limit of the WAN is shown, and gateways send as much as before.',
        find: 'Math.min(maxBandwidth, upBandwidthWan || maxBandwidth)',
        replace: 'maxBandwidth',
      },
      {
        name: 'limit-of-the-wan-raises',
        breaks: 'A limit above what was bought gives more than was bought.',
        find: 'Math.min(maxBandwidth, upBandwidthWan || maxBandwidth)',
        replace: 'upBandwidthWan || maxBandwidth',
      },
    ],
  },
  {
    file: 'fleet/size-orders.ts',
    tests: [operation('instances/upgrade-smart-access-gateway')],
    changes: [
      {
        name: 'bandwidth-not-told',
        breaks: 'A bandwidth that is paid for reaches no gateway.',
        find: 'await this.#gatewayConfigs.refreshNetwork(instanceId)',
        replace: '',
      },
    ],
  },
  {
    file: '../model/upgrade-policy.ts',
    tests: [upgrades],
    changes: [
      {
        name: 'upgrade-again-and-again',
        breaks: 'A device that does not get a version to run restarts every minute while its window is open.',
        find: 'return wasTried ? undefined : newest.version',
        replace: 'return newest.version',
      },
      {
        name: 'upgrade-in-a-circle',
        breaks: 'A device that comes back with its old version restarts without end.',
        find: 'isNewStart && tried?.version !== newest.version',
        replace: 'isNewStart',
      },
      {
        name: 'upgrade-to-a-beta',
        breaks: 'Devices take firmware by themselves that is not released.',
        find: "type === 'release'",
        replace: "type !== 'nothing'",
      },
    ],
  },
  {
    file: 'gateways/upgrade-policies.ts',
    tests: [upgrades],
    changes: [
      {
        name: 'upgrade-by-every-node',
        breaks: 'Every node tells a device to upgrade, also those that have no connection of it.',
        find: "    .where('device.node', '=', node)\n",
        replace: '',
      },
    ],
  },
  {
    file: 'resource-groups.ts',
    tests: [operation('resource-groups/move-resource-group')],
    changes: [
      {
        name: 'group-of-another-account',
        breaks: 'An account moves what belongs to another one.',
        find: "      .where('account_id', '=', accountId)\n",
        replace: '',
      },
    ],
  },
]
