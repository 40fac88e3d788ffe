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
