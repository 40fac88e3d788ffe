import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network/openvpn'

export const agentRemoteUsers: readonly MutatedFile[] = [
  {
    file: 'network/openvpn/admission.ts',
    tests: [`${at}/admission.test.ts`],
    changes: [
      {
        name: 'token-opens-a-connection',
        breaks: 'A client that was thrown out comes in again by its token, whatever its password is now.',
        find: "return isPassword ? 'ask' : 'refuse'",
        replace: "return isPassword ? 'ask' : 'accept'",
      },
      {
        name: 'token-outlives-its-session',
        breaks: 'A session that has ended goes on at the next renegotiation.',
        find: "if (!isOnline) return 'refuse'",
        replace: '',
      },
    ],
  },
  {
    file: 'network/openvpn/management.ts',
    tests: [`${at}/management.test.ts`],
    changes: [
      {
        name: 'two-commands-in-one',
        breaks: 'What is put into a command lets somebody else in.',
        find: 'if (/[\\r\\n\\0]/.test(text))',
        replace: 'if (false)',
      },
    ],
  },
  {
    file: 'network/openvpn/tunnel-lines.ts',
    tests: [`${at}/tunnel-lines.test.ts`],
    changes: [
      {
        name: 'backup-server-first',
        breaks: 'A remote user asks the backup DNS server before the primary one.',
        find: '.sort(([one], [other]) => one - other)',
        replace: '',
      },
    ],
  },
  {
    file: 'network/openvpn/resolver.ts',
    tests: [`${at}/resolver.test.ts`],
    changes: [
      {
        name: 'writes-over-others',
        breaks: 'A tunnel that ends takes away what another program has set meanwhile.',
        find: 'if (writer !== undefined) await writeFile(file, before)',
        replace: 'await writeFile(file, before)',
      },
      {
        name: 'keeps-its-own-servers',
        breaks: 'After a program was killed, names are asked for at the servers of a tunnel that is gone.',
        find: '(writerOf(now) === undefined ? now : await textOf(kept))',
        replace: 'now',
      },
    ],
  },
  {
    file: 'connection-log-ons.ts',
    tests: ['packages/agent/src/connection-log-ons.test.ts'],
    changes: [
      {
        name: 'answer-to-another-one',
        breaks: 'Who is refused is let in by the answer to somebody else.',
        find: 'const question = asked.get(id)',
        replace: 'const question = [...asked.values()].at(0)',
      },
    ],
  },
]
