import type { MutatedFile } from '../mutant.ts'
import { channelTests } from './tests.ts'

const at = 'packages/agent/src'
const console_ = [`${at}/console/server.test.ts`]

export const agentConnections: readonly MutatedFile[] = [
  {
    file: 'connection-identity.ts',
    tests: [`${at}/connection-identity.test.ts`, channelTests.identity],
    changes: [
      {
        name: 'server-replaced',
        breaks: 'A gateway that has a server believes another one.',
        find: "if (pins !== undefined) throw new Error('This gateway has a server already.')",
        replace: '',
      },
      {
        name: 'successor-before-disk',
        breaks: 'The server switches to a key that a gateway loses in a power cut.',
        find: 'await disk.write(files.next,',
        replace: 'void disk.write(files.next,',
      },
      {
        name: 'successor-after-its-key',
        breaks: 'A successor that the key before named is believed after the switch.',
        find: 'next?.by === server.serverKey ? next.key : undefined',
        replace: 'next?.key',
      },
      {
        name: 'successor-of-a-failed-write-replaced',
        breaks: 'A later successor replaces the one that is on the disk.',
        find: 'if (pins.successor !== undefined) return\n',
        replace: '',
      },
      {
        name: 'old-key-kept-on-the-disk',
        breaks: 'After a restart a gateway believes the key from before the switch again.',
        find: 'await disk.write(files.server, pinText(serverKey))',
        replace: 'if (pins === undefined) await disk.write(files.server, pinText(serverKey))',
      },
      {
        name: 'ticket-before-disk',
        breaks: 'A ticket is presented that a power cut takes back.',
        find: 'await disk.write(files.ticket, JSON.stringify({ ticket, before }))',
        replace: 'void disk.write(files.ticket, JSON.stringify({ ticket, before }))',
      },
      {
        name: 'disk-of-another-gateway',
        breaks: 'The disk of one gateway serves another.',
        find: 'if (kept.serial !== serial) throw',
        replace: "if (kept.serial === '') throw",
      },
      {
        name: 'told-before-kept',
        breaks: 'The keys a gateway enrolled with are lost by a power cut.',
        find: 'await disk.write(files.identity, content)',
        replace: 'void disk.write(files.identity, content)',
      },
      {
        name: 'damaged-identity-replaced',
        breaks: 'A damaged file makes a gateway another one.',
        find: 'throw new Error(`The file ${name} of this gateway is damaged.`)',
        replace: 'return undefined',
      },
    ],
  },
  {
    file: 'connection-session.ts',
    tests: [channelTests.presence],
    changes: [
      {
        name: 'ticket-stored-before-it-is',
        breaks: 'The server counts on a ticket the gateway does not have.',
        find: 'await context.identity.storeTicket(message.ticket, message.before)',
        replace: 'void context.identity.storeTicket(message.ticket, message.before)',
        tests: [`${at}/connection-session.test.ts`],
      },
      {
        name: 'restarts-without-go',
        breaks: 'A gateway restarts while the server shows it as connected.',
        find: 'await untilGo(link)\n',
        replace: '',
        tests: [`${at}/connection-session.test.ts`],
      },
      {
        name: 'server-not-pinned',
        breaks: 'A gateway believes any server at each start.',
        find: 'if (serverKey === undefined) await identity.pin(result.serverKey)',
        replace: 'if (serverKey === undefined) {}',
        tests: [channelTests.identity],
      },
      {
        name: 'old-key-believed-for-ever',
        breaks: 'A stolen key of the server opens a gateway after the switch.',
        find: 'else await identity.proved(result.serverKey)',
        replace: '',
        tests: ['test/channel/succession.test.ts'],
      },
      {
        name: 'pinned-before-proved',
        breaks: 'Whoever presents a key is believed before he has proved that he holds it.',
        find: '  const result = handshake.receive(await link.nextText())\n',
        replace:
          '  if (successor !== undefined) await identity.proved(successor)\n  const result = handshake.receive(await link.nextText())\n',
        tests: [`${at}/connection-session.test.ts`],
      },
    ],
  },
  {
    file: 'connection-reenrolment.ts',
    tests: [`${at}/connection-reenrolment.test.ts`, 'test/channel/reenrolment.test.ts'],
    changes: [
      {
        name: 'new-server-beside-old-keys',
        breaks: 'Cut short, a gateway has the keys of one enrolment and the server of another.',
        find: 'await disk.write(file, JSON.stringify({ ...begun, serverKey }))',
        replace: '',
      },
      {
        name: 'next-keys-not-kept',
        breaks: 'A lost answer leaves a gateway with keys the server does not know.',
        find: 'if (begun !== found) await disk.write',
        replace: 'if (false) await disk.write',
      },
      {
        name: 'key-serves-twice',
        breaks: 'At each start a gateway tries a key that has served.',
        find: "if (found?.token === token && 'done' in found) return undefined",
        replace: '',
      },
    ],
  },
  {
    file: 'local-settings.ts',
    tests: [`${at}/local-settings.test.ts`],
    changes: [
      {
        name: 'in-force-before-kept',
        breaks: 'A setting is in force that the disk did not take.',
        find: 'await disk.write(file, `${JSON.stringify(wanted)}\\n`)\n      content = wanted',
        replace: 'content = wanted\n      await disk.write(file, `${JSON.stringify(wanted)}\\n`)',
      },
      {
        name: 'revision-without-change',
        breaks: 'What changes nothing makes the gateway unsynchronised.',
        find: 'return same ? now :',
        replace: 'return same && false ? now :',
      },
    ],
  },
  {
    file: 'console/sessions.ts',
    tests: console_,
    changes: [
      {
        name: 'session-for-ever',
        breaks: 'A session of the local console that is used goes on for ever.',
        find: ' || now - session.startedAt >= longest',
        replace: '',
      },
      {
        name: 'idle-for-ever',
        breaks: 'A session of the local console that nobody uses goes on for hours.',
        find: 'now - session.seenAt >= idle || ',
        replace: '',
      },
      {
        name: 'started-with-each-look',
        breaks: 'A session of the local console that is used goes on for ever.',
        find: '{ ...session, seenAt: now }',
        replace: '{ ...session, startedAt: now, seenAt: now }',
      },
      {
        name: 'any-form-token',
        breaks: 'Another page sends forms in the name of who is logged on.',
        find: 'expected.length === actual.length && timingSafeEqual(expected, actual)',
        replace: 'expected.length > 0 || timingSafeEqual(expected, actual)',
      },
    ],
  },
  {
    file: 'console/same-site.ts',
    tests: [`${at}/console/same-site.test.ts`],
    changes: [
      {
        name: 'names-of-the-internet',
        breaks: 'A site on the internet has the browser of its visitor talk to the gateway.',
        find: "isIP(name) === 4 || !name.includes('.')",
        replace: "name.includes('.') || !name.includes('.')",
      },
      {
        name: 'forms-of-other-sites',
        breaks: 'A page of another origin sends forms to the gateway.',
        find: "fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none'",
        replace: "fetchSite === 'cross-origin'",
      },
    ],
  },
]
