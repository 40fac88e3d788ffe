import type { MutatedFile } from '../mutant.ts'
import { accessTests, operation, storeTests } from './tests.ts'

export const storeFleet: readonly MutatedFile[] = [
  {
    file: 'fleet/queries.ts',
    tests: ['packages/server/src/store/fleet/parts.test.ts'],
    changes: [
      {
        name: 'list-stops-the-server',
        breaks: 'A list of very many instances by their status stops everybody else until it is done.',
        find: 'await parts.pause()',
        replace: '',
      },
      {
        name: 'same-moment-lost',
        breaks: 'Of instances made at the same moment some are in no list by status.',
        find: "eb('created_at', '<', at), eb('id', '>', id)",
        replace: "eb('created_at', '<', at)",
      },
      {
        name: 'name-looks-at-all-at-once',
        breaks: 'A list of very many instances by a name stops everybody else until each was looked at.',
        find: 'return ccnId === undefined && Object.values(others).every((value) => value === undefined)',
        replace: 'return true',
      },
      {
        name: 'page-begins-anew-in-each-part',
        breaks: 'A later page of a list by a name begins with instances of another page.',
        find: 'Math.max(0, from - total)',
        replace: 'from',
      },
      {
        name: 'page-longer-than-asked',
        breaks: 'A page of a list by a name goes on to the end of the list.',
        find: 'Math.min(count, to - total)',
        replace: 'count',
      },
    ],
  },
  {
    file: 'fleet/member-counts.ts',
    tests: ['packages/server/src/store/fleet/member-counts.test.ts'],
    changes: [
      {
        name: 'locked-member-is-up',
        breaks: 'A network counts a locked gateway as up.',
        find: ".on('device.locked_since', 'is', null)",
        replace: '',
      },
      {
        name: 'members-after-the-first-part-lost',
        breaks: 'Of a network of very many members only the first two thousand are counted.',
        find: 'looked < membersAtOnce ? undefined',
        replace: 'looked > 0 ? undefined',
      },
      {
        name: 'members-counted-twice',
        breaks: 'A member at the end of a part is counted with the next part again.',
        find: ".where('id', '>', after)",
        replace: ".where('id', '>=', after)",
      },
      {
        name: 'members-counted-in-one-turn',
        breaks: 'Counting the members of a large network stops everybody else until it is done.',
        find: 'await parts.pause()',
        replace: '',
      },
    ],
  },
  {
    file: 'fleet/perpetual.ts',
    tests: [storeTests.fleet],
    changes: [
      {
        name: 'ended-runs-on',
        breaks: 'A server without a shop starts what its operator ended.',
        find: ".where('ends_at', '>', now)",
        replace: '',
      },
      {
        name: 'renewed-end-stays',
        breaks: 'An instance that was renewed while there was a shop stops, although there is none any more.',
        find: 'set({ ends_at: null })',
        replace: 'set({ ends_at: now })',
      },
    ],
  },
  {
    file: 'fleet/locks.ts',
    tests: [storeTests.gateways],
    changes: [
      {
        name: 'unlock-connected-too',
        breaks: 'A device that is connected when its instance is unlocked does not lock the next time.',
        find: ".where('instance_id', '=', instanceId)\n    .where((row) => row.or([row('node', 'is', null), row('locked_since', 'is not', null)]))",
        replace: ".where('instance_id', '=', instanceId)",
      },
      {
        name: 'unlock-opens-all-locks',
        breaks: 'Unlocking one instance opens the locks of all.',
        find: ".where('instance_id', '=', instanceId)\n    .where('locked_since'",
        replace: ".where('locked_since'",
        tests: [operation('instances/unlock-smart-access-gateway')],
      },
    ],
  },
  {
    file: 'fleet/stored-fleet.ts',
    tests: [storeTests.fleet],
    changes: [
      {
        name: 'instance-of-any-account',
        breaks: 'The instance of another account is found.',
        find: 'instance?.accountId === accountId && instance.regionId',
        replace: 'instance?.regionId',
        tests: [
          operation('instances/describe-smart-access-gateways'),
          accessTests.matrix,
          operation('device-access/modify-sag-admin-password'),
        ],
      },
      {
        name: 'instance-of-any-region',
        breaks: 'An instance is found from another region.',
        find: ' && instance.regionId === regionId ? instance',
        replace: ' ? instance',
        tests: [operation('device-access/modify-sag-admin-password')],
      },
      {
        name: 'ship-bound-serial',
        breaks: 'A device of one instance is shipped to another.',
        find: "if (device.instanceId !== undefined) return 'serialBound'",
        replace: '',
      },
      {
        name: 'ship-one-device-more',
        breaks: 'A shipment binds one device more than the instance may have.',
        find: 'bound.length + coming.length > deviceLimit(instance.kind)',
        replace: 'bound.length + coming.length > deviceLimit(instance.kind) + 1',
      },
      {
        name: 'enrolment-key-of-any-device',
        breaks: 'A sealed enrolment key opens in the row of another device.',
        find: '`device/enrolment_key_sealed/${serial}`',
        replace: '`device/enrolment_key_sealed/`',
        tests: [storeTests.gateways],
      },
      {
        name: 'unbind-keeps-lock',
        breaks: 'A device takes the lock of the instance it left along.',
        find: 'locked_since: null,\n      })',
        replace: '})',
        tests: [storeTests.gateways],
      },
      {
        name: 'unbind-keeps-addresses',
        breaks: 'Service addresses of a device that was unbound stay.',
        find: 'await removeServiceAddresses(tx, device.instanceId, { serial })',
        replace: '',
        tests: [storeTests.configs],
      },
      {
        name: 'unbind-removes-all-addresses',
        breaks: 'Unbinding one device removes the service addresses of the other.',
        find: 'removeServiceAddresses(tx, device.instanceId, { serial })',
        replace: 'removeServiceAddresses(tx, device.instanceId, {})',
        tests: [storeTests.configs, operation('instances/unbind-serial-number')],
      },
      {
        name: 'standby-stays-standby',
        breaks: 'No device is active after the active one was unbound.',
        find: "if (device.role !== 'active') return",
        replace: 'return',
        tests: [operation('instances/unbind-serial-number')],
      },
      {
        name: 'unlock-tells-no-gateway',
        breaks: 'A gateway does not hear that its lock was opened.',
        find: 'this.#gatewayConfigs.changed.add(serial)\n  }\n\n  async #step',
        replace: 'void serial\n  }\n\n  async #step',
        tests: [operation('instances/unlock-smart-access-gateway')],
      },
      {
        name: 'renewal-keeps-overdue',
        breaks: 'An instance that was renewed stays overdue.',
        find: 'overdue_since: null,',
        replace: '',
      },
      {
        name: 'bind-starts-locked',
        breaks: 'A device locks at once because of the time before it was bound.',
        find: '.then(row.cast<number>(row.val(at), ',
        replace: '.then(row.cast<number>(row.val(null), ',
        tests: [storeTests.gateways],
      },
    ],
  },
  {
    file: 'fleet/identities.ts',
    tests: [storeTests.gateways],
    changes: [
      {
        name: 'reset-identity-keeps-sign-key',
        breaks: 'The box whose identity was reset can still connect.',
        find: 'sign_key: null,',
        replace: '',
      },
      {
        name: 'renewed-key-leaves-it-on-line',
        breaks: 'An image whose key was renewed counts as connected.',
        find: 'await takeOffline(tx, serial, { at, reason: endings.newKey })',
        replace: '',
        tests: [operation('device-access/clear-sag-cipher')],
      },
    ],
  },
]
