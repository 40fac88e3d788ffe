import type { MutatedFile } from '../mutant.ts'
import { channelTests } from './tests.ts'

const at = 'packages/server/src/channel'
const handshake = ['test/channel/admission.test.ts']

export const channelBounds: readonly MutatedFile[] = [
  {
    file: 'send-away.ts',
    tests: [`${at}/send-away.test.ts`],
    changes: [
      {
        name: 'all-move-at-once',
        breaks: 'A node that stops floods the others with its gateways.',
        find: '(overMs * index) / gateways.length',
        replace: 'overMs * 0',
      },
      {
        name: 'moves-without-bound',
        breaks: 'A node with many gateways is killed before it has stopped.',
        find: 'Math.min(spreadMs, moveWithinMs)',
        replace: 'spreadMs',
      },
      {
        name: 'moved-means-off-line',
        breaks: 'A node that stops records gateways as offline that are on their way to another node.',
        find: '(await countHere()) > 0 && timers.now() < deadline',
        replace: 'timers.now() < began',
      },
      {
        name: 'moves-for-ever',
        breaks: 'A gateway that goes nowhere keeps its node from stopping.',
        find: '(await countHere()) > 0 && timers.now() < deadline',
        replace: '(await countHere()) > 0',
      },
      {
        name: 'sent-away-in-mid-change',
        breaks: 'A password change of another node fails because this one stops.',
        find: 'gateway.attended() !== undefined && timers.now() < deadline',
        replace: 'gateway.attended() === null && timers.now() < deadline',
      },
    ],
  },
  {
    file: 'sweep.ts',
    tests: [`${at}/sweep.test.ts`, channelTests.password, channelTests.limits],
    changes: [
      {
        name: 'new-keys-keep-the-old-connection',
        breaks: 'A box that was made to forget keeps its connection.',
        find: 'else if (row.signKey !== gateway.signKey) await gateway.end(endings.newIdentity)',
        replace: '',
        tests: [`${at}/sweep-rows.test.ts`],
      },
      {
        name: 'taken-off-line-stays-connected',
        breaks: 'A gateway another node took off line keeps its connection here.',
        find: "if (row === undefined) await gateway.end('Another node took the gateway off line.')",
        replace: 'if (row === undefined) continue',
        tests: [`${at}/sweep-rows.test.ts`],
      },
      {
        name: 'back-meanwhile-off-line',
        breaks: 'A gateway that came back meanwhile is shown as off line.',
        find: 'if (isGone(serial)) await setOffline',
        replace: 'await setOffline',
        tests: [`${at}/sweep-rows.test.ts`],
      },
    ],
  },
  {
    file: 'call-limits.ts',
    tests: [`packages/server/src/channel/call-limits.test.ts`],
    changes: [
      {
        name: 'proof-not-from-the-beginning',
        breaks: 'A call that waited for its turn is answered after its client has given up.',
        find: 'const timeoutMs = leftMs(limits, spentMs) - limits.replyMs\n  return timeoutMs < limits.leastProofMs',
        replace: 'const timeoutMs = leftMs(limits, 0) - limits.replyMs\n  return timeoutMs < limits.leastProofMs',
      },
    ],
  },
  {
    file: 'restarts.ts',
    tests: [channelTests.commands],
    changes: [
      {
        name: 'go-before-record',
        breaks: 'A gateway restarts while it is shown as connected.',
        find: 'await record()\n',
        replace: 'void record()\n',
        tests: [`${at}/restarts.test.ts`],
      },
      {
        name: 'calls-wait-for-ever',
        breaks: 'A call for a gateway that went waits for ever.',
        find: "for (const answer of [...waiting.values()]) answer('unreachable')",
        replace: '',
        tests: [`${at}/restarts.test.ts`],
      },
    ],
  },
  {
    file: 'paced-reports.ts',
    tests: [`${at}/paced-reports.test.ts`],
    changes: [
      {
        name: 'older-note-last',
        breaks: 'An older report is written behind a newer one.',
        find: "while (writing !== undefined) await writing.catch(() => 'told to its own caller')",
        replace: '',
      },
      {
        name: 'written-after-the-end-of-it',
        breaks: 'What a connection reported is written after its successor reported.',
        find: 'if (note === undefined || ended) return',
        replace: 'if (note === undefined) return',
      },
    ],
  },
  {
    file: 'throttle.ts',
    tests: [`${at}/throttle.test.ts`],
    changes: [
      {
        name: 'addresses-without-bound',
        breaks: 'Memory grows with every address that was refused.',
        find: 'if (past > now && paidUntil.size <= mostAddresses) break',
        replace: 'if (past > now) break',
      },
      {
        name: 'one-refusal-more',
        breaks: 'A guesser has one try more than allowed.',
        find: '(allowance - 1) * backMs',
        replace: 'allowance * backMs',
      },
    ],
  },
  {
    file: 'admission-limit.ts',
    tests: [`${at}/admission-limit.test.ts`],
    changes: [
      {
        name: 'one-handshake-more',
        breaks: 'More handshakes than allowed are under way.',
        find: 'isFull: () => inside >= Math',
        replace: 'isFull: () => inside > Math',
      },
      {
        name: 'strangers-take-all',
        breaks: 'Addresses nobody knows keep the gateways out.',
        find: "from === 'known' ? [all] : [strangers, all]",
        replace: '[all]',
      },
      {
        name: 'places-for-the-too-many',
        breaks:
          'A fleet is told to come back long after its turn, because those who were let in as too many took long.',
        find: 'tookMs / size - apartMs',
        replace: 'tookMs / room.size() - apartMs',
        tests: ['test/channel/stampede.virtual.test.ts'],
      },
    ],
  },
  {
    file: 'adapting-room.ts',
    tests: [`${at}/adapting-room.test.ts`],
    changes: [
      {
        name: 'room-never-shrinks',
        breaks: 'As many are let in however slow the store is: each handshake ends unfinished, and all begin again.',
        find: 'shrunk++',
        replace: 'return',
        tests: ['test/channel/stampede.virtual.test.ts'],
      },
      {
        name: 'stale-words-shrink-it',
        breaks: 'One slow moment of the store shrinks the room to the least.',
        find: 'cameAfter === shrunk',
        replace: 'cameAfter <= shrunk',
      },
    ],
  },
  {
    file: 'silent-connections.ts',
    tests: [`${at}/silent-connections.test.ts`],
    changes: [
      {
        name: 'stranger-drops-known',
        breaks: 'Strangers end the handshakes of gateways.',
        find: "makingRoomFor === 'known' ? silent.known : []",
        replace: 'silent.known',
      },
    ],
  },
  {
    file: 'upgrade.ts',
    tests: [channelTests.wire],
    changes: [
      {
        name: 'slow-store-unnoticed',
        breaks: 'Handshakes are let in as if the store were quick.',
        find: 'inside.served(wallClock() - provedAt)',
        replace: 'inside.served(0)',
        tests: ['test/channel/limits.test.ts'],
      },
      {
        name: 'browsers-may-connect',
        breaks: 'A page in a browser behind the firewall opens connections.',
        find: "if (headers.origin !== undefined) return { status: '403 Forbidden' }",
        replace: '',
        tests: [channelTests.wire, ...handshake],
      },
      {
        name: 'silence-counts-as-proof',
        breaks: 'An address opens any number of handshakes and says nothing.',
        find: 'unproved.of(source) >= settings.mostUnproved',
        replace: 'unproved.of(source) < 0',
        tests: [channelTests.wire],
      },
      {
        name: 'silence-holds-its-place',
        breaks: 'Silent connections of many addresses keep every gateway out.',
        find: '!silent.dropOldest(from)',
        replace: 'true',
        tests: [channelTests.limits],
      },
    ],
  },
  {
    file: 'channel.ts',
    tests: [channelTests.presence],
    changes: [
      {
        name: 'killed-server-leaves-rows',
        breaks: 'After a crash gateways that are away are shown as connected.',
        find: 'await cleanUp(context)\n',
        replace: '',
      },
      {
        name: 'silent-gateway-stays',
        breaks: 'A gateway that has gone without a word is shown as connected.',
        find: 'if (open.silentBeats >= settings.silentBeats) open.link.end(endings.silent)',
        replace: '',
      },
    ],
  },
  {
    file: 'tell-identity.ts',
    tests: [`${at}/tell-identity.test.ts`],
    changes: [
      {
        name: 'successor-to-an-old-gateway',
        breaks: 'A gateway of 0.1.0 ends its connection for a message it does not know, again and again.',
        find: 'if (pinned === undefined) return undefined',
        replace: "if (pinned === undefined) return { kind: 'successor', key: keys.present.publicKey, signature: '' }",
      },
      {
        name: 'switch-told-to-one-that-cannot-follow',
        breaks: 'A gateway is told to switch to a key it does not hold, after each report.',
        find: 'if (pinned.successor !== key) return undefined',
        replace: '',
      },
    ],
  },
  {
    file: '../operator/channel-identity.ts',
    tests: ['packages/server/src/operator/channel-identity.test.ts'],
    changes: [
      {
        name: 'switch-without-asking',
        breaks: 'The server switches while gateways do not hold its next key.',
        find: 'if (missing > 0 && !force) {',
        replace: 'if (false) {',
      },
    ],
  },
  {
    file: '../model/server-succession.ts',
    tests: ['packages/server/src/model/server-succession.test.ts'],
    changes: [
      {
        name: 'key-of-a-thief-counted-as-ready',
        breaks: 'The server switches, and gateways that a thief reached are lost unseen.',
        find: "return pinned.successor === next ? 'ready' : 'other'",
        replace: "return 'ready'",
      },
    ],
  },
  {
    file: '../store/sealed-key-pair.ts',
    tests: [channelTests.identity, channelTests.presence],
    changes: [
      {
        name: 'new-identity-at-each-start',
        breaks: 'After a restart no gateway believes its server.',
        find: ".onConflict((conflict) => conflict.column('name').doNothing())",
        replace: ".onConflict((conflict) => conflict.column('name').doUpdateSet({ value: fresh }))",
        tests: [channelTests.presence],
      },
    ],
  },
]
