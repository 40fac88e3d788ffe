import type { MutatedFile } from '../mutant.ts'
import { accessTests, channelTests, operation, storeTests } from './tests.ts'

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
        name: 'reset-identity-keeps-sign-key',
        breaks: 'The box whose identity was reset can still connect.',
        find: 'sign_key: null,',
        replace: '',
        tests: [storeTests.gateways],
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
        name: 'unlock-connected-too',
        breaks: 'A device that is connected when its instance is unlocked does not lock the next time.',
        find: ".where('instance_id', '=', instanceId)\n      .where((row) => row.or([row('node', 'is', null), row('locked_since', 'is not', null)]))",
        replace: ".where('instance_id', '=', instanceId)",
        tests: [storeTests.gateways],
      },
      {
        name: 'unlock-opens-all-locks',
        breaks: 'Unlocking one instance opens the locks of all.',
        find: ".where('instance_id', '=', instanceId)\n      .where('locked_since'",
        replace: ".where('locked_since'",
        tests: [operation('instances/unlock-smart-access-gateway')],
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
    file: 'gateways/gateways.ts',
    tests: [channelTests.identity],
    changes: [
      {
        name: 'enrol-keeps-ticket',
        breaks: 'A box that enrols anew is asked for the ticket of the one before.',
        find: 'ticket: null,\n      ticket_next: null,\n',
        replace: '',
      },
      {
        name: 'replaced-box-keeps-its-password-date',
        breaks: 'A new box without a password counts as one whose password was changed.',
        find: 'const isSameBox = (await findHeldPassword(tx, serial))?.sealKey === sealKey',
        replace: "const isSameBox = serial !== ''",
        tests: ['packages/server/src/channel/gateway-connection.test.ts'],
      },
    ],
  },
  {
    file: 'gateways/tickets.ts',
    tests: [storeTests.gateways],
    changes: [
      {
        name: 'trust-connected',
        breaks: 'A ticket is forgotten while its gateway is connected: a copy may follow it.',
        find: ".where('sign_key', 'is not', null)\n    .where('node', 'is', null)",
        replace: ".where('sign_key', 'is not', null)",
        tests: [storeTests.gateways],
      },
      {
        name: 'confirm-any-ticket',
        breaks: 'Of two copies that connect at once both are admitted.',
        find: ".where('ticket_next', '=', given.issued)",
        replace: '',
        tests: [storeTests.gateways],
      },
    ],
  },
  {
    file: 'gateways/presence.ts',
    tests: [storeTests.gateways],
    changes: [
      {
        name: 'connected-keeps-restarting',
        breaks: 'A gateway that came back from its restart is shown as restarting for ever.',
        find: 'connected_at: at, restarting_since: null,',
        replace: 'connected_at: at,',
        tests: [channelTests.commands, channelTests.presence],
      },
      {
        name: 'connected-forgets-lock',
        breaks: 'The offline lock opens because the gateway connected twice.',
        find: 'away?.locked_since ?? (locks',
        replace: '(locks',
        tests: [storeTests.gateways],
      },
      {
        name: 'offline-from-any-node',
        breaks: 'The node a gateway left says that it is offline, although it is connected to another.',
        find: ".where('serial', '=', serial)\n    .where('node', '=', node)",
        replace: ".where('serial', '=', serial)",
        tests: [storeTests.changes],
      },
      {
        name: 'all-offline-without-event',
        breaks: 'A start after a crash leaves no event of the gateways that were connected.',
        find: "online : online.where('node', '=', node)",
        replace: "online : online.where('node', '=', '')",
        tests: [channelTests.presence, storeTests.changes],
      },
      {
        name: 'take-offline-twice',
        breaks: 'A gateway that is offline goes offline again, with an event for each time.',
        find: ".where('node', 'is not', null)\n    .returning('serial')",
        replace: ".returning('serial')",
        tests: [storeTests.gateways],
      },
    ],
  },
  {
    file: 'gateways/reports.ts',
    tests: [storeTests.gateways],
    changes: [
      {
        name: 'promise-of-synchronised',
        breaks: 'A gateway that is synchronised is shown as synchronising.',
        find: ".where('syn_status', '=', 'Unsynchronized')",
        replace: '',
        tests: [storeTests.gateways],
      },
    ],
  },
  {
    file: 'gateways/events.ts',
    tests: [channelTests.identity],
    changes: [
      {
        name: 'event-always',
        breaks: 'An attacker writes an event with every try.',
        find: 'if (recent.length === 0) await recordEvent',
        replace: 'await recordEvent',
      },
    ],
  },
]
