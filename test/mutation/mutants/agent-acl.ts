import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network'
const gateway = `${at}/gateway/gateway-acl.test.ts`
const users = `${at}/pop/users-acl.test.ts`

/** Access control lists, by packets. */
export const agentAcl: readonly MutatedFile[] = [
  {
    file: 'network/render-acl-chain.ts',
    tests: [gateway],
    changes: [
      {
        name: 'answers-are-judged',
        breaks: 'A list that lets nothing in also stops the answers to what the branch begins.',
        find: '    ct direction reply accept\n',
        replace: '',
      },
      {
        name: 'running-connections-go-on',
        breaks: 'Whoever is connected stays so although a new rule stops it.',
        find: '    ct direction reply accept\n',
        replace: '    ct state established accept\n',
      },
    ],
  },
  {
    file: 'network/gateway/render-acl.ts',
    tests: [gateway],
    changes: [
      {
        name: 'directions-exchanged',
        breaks: 'A rule for what the branch begins stops what comes to it.',
        find: "direction === 'out' ? [branch",
        replace: "direction === 'in' ? [branch",
      },
      {
        name: 'internet-as-network',
        breaks: 'A rule for the Internet stops the network of the branch, and lets the Internet in.',
        find: 'internet: `"${wan}"`',
        replace: `internet: '{ "ccn0", "ccn1" }'`,
      },
    ],
  },
  {
    file: 'network/pop/render-filter.ts',
    tests: [users],
    changes: [
      {
        name: 'directions-of-users-exchanged',
        breaks: 'A rule for what users begin stops what is begun towards them.',
        find: "direction === 'out' ? 'iifname' : 'oifname'",
        replace: "direction === 'out' ? 'oifname' : 'iifname'",
      },
    ],
  },
]
