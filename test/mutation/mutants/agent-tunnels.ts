import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network/ipsec'
const tunnels = 'test/network/tunnels.test.ts'

export const agentTunnels: readonly MutatedFile[] = [
  {
    file: 'network/ipsec/tunnel-plan.ts',
    tests: [`${at}/tunnel-plan.test.ts`, tunnels],
    changes: [
      {
        name: 'unwanted-tunnel-lives-on',
        breaks: 'A gateway that was taken away from a pop stays in.',
        find: 'if (definition === undefined || sa.peerEndsAt <= wallNow) return false',
        replace: 'if (definition === undefined) return true\n  if (sa.peerEndsAt <= wallNow) return false',
      },
      {
        name: 'ended-certificate-lives-on',
        breaks: 'A tunnel outlives the certificate it was proved with.',
        find: 'if (definition === undefined || sa.peerEndsAt <= wallNow) return false',
        replace: 'if (definition === undefined) return false',
      },
      {
        name: 'old-definition-serves',
        breaks: 'A tunnel that was changed serves as it was.',
        find: 'if (sa.child !== undefined && sa.child !== definition.child) return false',
        replace: '',
      },
    ],
  },
  {
    file: 'network/ipsec/tunnels.ts',
    tests: [`${at}/tunnels.test.ts`],
    changes: [
      {
        name: 'lost-daemon-untold',
        breaks: 'While strongSwan cannot be started its tunnels are shown as up.',
        find: '      session = undefined\n      tellStates()',
        replace: '      session = undefined',
      },
      {
        name: 'begun-is-not-read',
        breaks: 'A tunnel whose event was missed counts as down for a minute, and is begun again and again.',
        find: 'session?.sas.doubt(name)',
        replace: '',
      },
    ],
  },
  {
    file: 'network/ipsec/sas.ts',
    tests: [`${at}/sas.test.ts`, tunnels],
    changes: [
      {
        name: 'rekeyed-is-proved-anew',
        breaks: 'A tunnel whose certificate has ended lives on because its keys were renewed.',
        find: 'if (sa !== undefined) known.set(after, { ...sa, id: after })',
        replace: '',
      },
    ],
  },
  {
    file: 'network/ipsec/credentials.ts',
    tests: [`${at}/credentials.test.ts`],
    changes: [
      {
        name: 'any-name-taken',
        breaks: 'A machine takes a certificate that bears another name.',
        find: 'if (leaf.checkHost(identity) === undefined) throw',
        replace: "if (identity === '') throw",
      },
    ],
  },
]
