import type { MutatedFile } from '../mutant.ts'
import { channelTests, storeTests } from './tests.ts'

export const storeGateways: readonly MutatedFile[] = [
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
        find: '    restarting_since: null,\n    unlocked_at: unlockedAt,',
        replace: '    unlocked_at: unlockedAt,',
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
