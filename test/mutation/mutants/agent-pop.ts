import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network/pop'
const rendered = `${at}/render.golden.test.ts`

/** A point of presence. */
export const agentPop: readonly MutatedFile[] = [
  {
    file: 'network/pop/render-guard.ts',
    tests: [rendered, `${at}/pop.test.ts`],
    changes: [
      {
        name: 'frames-of-others',
        breaks: 'A member sends frames into the link of another tenant.',
        find: 'udp dport 4789 ip saddr . @th,96,24 != @links counter drop',
        replace: '',
      },
    ],
  },
  {
    file: 'network/pop/render-bird.ts',
    tests: [rendered, `${at}/pop-mesh.test.ts`],
    changes: [
      {
        name: 'member-behind-a-larger-prefix',
        breaks: 'Without interworking members reach one another by the other point of presence.',
        find: 'then dest = RTD_UNREACHABLE; accept;',
        replace: 'then reject; accept;',
      },
    ],
  },
  {
    file: 'network/pop/links.ts',
    tests: [`${at}/pop-changes.test.ts`],
    changes: [
      {
        name: 'links-made-anew',
        breaks: 'After a restart all links are made anew, and what was on its way is lost.',
        find: "address: isWhole ? (addresses[0] ?? '') : ''",
        replace: "address: ''",
      },
    ],
  },
  {
    file: 'network/pop/links.ts',
    tests: [`${at}/pop-mending.test.ts`],
    changes: [
      {
        name: 'interface-given-back-down',
        breaks: 'An interface that the machine had up is down when it has it back.',
        find: "${up ? 'up' : 'down'}",
        replace: 'down',
      },
    ],
  },
  {
    file: 'network/pop/network.ts',
    tests: [`${at}/pop-mending.test.ts`],
    changes: [
      {
        name: 'rules-taken-away',
        breaks: 'Members send with any source once somebody has taken the rules away.',
        find: 'if (!(await hasOwnTable(system))) filter = undefined',
        replace: '',
      },
    ],
  },
  {
    file: 'network/pop/pop.ts',
    tests: [`${at}/pop-mending.test.ts`],
    changes: [
      {
        name: 'address-never-waited-for',
        breaks: 'A point of presence that starts before its interface has an address never takes tunnels.',
        find: 'if (found === undefined ? !isWaiting : isWaiting || found !== wan) await applyTunnels(wanted)',
        replace: '',
      },
    ],
  },
]
