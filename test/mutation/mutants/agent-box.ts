import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network/gateway'
const packets = [`${at}/gateway-box.test.ts`]
const routers = [`${at}/gateway-routing.test.ts`]
const line = [`${at}/gateway-line.test.ts`]

/** The machine of a gateway as a box, by its packets. */
export const agentBox: readonly MutatedFile[] = [
  {
    file: 'network/gateway/render-nftables.ts',
    tests: packets,
    changes: [
      {
        name: 'private-networks-by-the-wan',
        breaks: 'What should go through a tunnel leaves in the clear while there is none.',
        find: " ip daddr != { ${[insideTunnels, ...privateRanges].join(', ')} } accept",
        replace: ' accept',
      },
      {
        name: 'wan-lets-in',
        breaks: 'Anybody on the Internet reaches the branch.',
        find: 'ct direction reply ct mark ${branchTable} accept',
        replace: 'accept',
      },
    ],
  },
  {
    file: 'network/gateway/lan-plan.ts',
    tests: packets,
    changes: [
      {
        name: 'static-gives-addresses',
        breaks: 'A port that is not to give addresses disturbs the DHCP server of the branch.',
        find: "set.type === 'DHCP' ? pool(set, subnet) : undefined",
        replace: 'pool(set, subnet)',
      },
      {
        name: 'router-of-the-block',
        breaks: 'Terminals are told a router that is not there.',
        find: 'return { router: ip, ...given',
        replace: 'return { router: numberToIpv4(first + 1), ...given',
      },
    ],
  },
  {
    file: 'network/gateway/watched.ts',
    tests: [`${at}/watched.test.ts`],
    changes: [
      {
        name: 'change-not-told',
        breaks: 'A cable that was pulled is never shown.',
        find: 'for (const listener of listeners) listener()',
        replace: '',
      },
    ],
  },
  {
    file: 'network/gateway/render-branch-routing.ts',
    tests: routers,
    changes: [
      {
        name: 'spoken-without-its-key',
        breaks: 'Whoever is on the wire of the branch tells a gateway its routes.',
        find: ' authentication cryptographic; password ${key} { id ${md5KeyId ?? 1}; algorithm keyed md5; };',
        replace: '',
      },
    ],
  },
  {
    file: 'network/gateway/render-bird.ts',
    tests: routers,
    changes: [
      {
        name: 'learnt-is-told-with-static',
        breaks: 'A branch whose blocks are listed gets packets for others.',
        find: 'isDynamic && routing.learns',
        replace: 'routing.learns',
      },
    ],
  },
  {
    file: 'box/routing-settings.ts',
    tests: routers,
    changes: [
      {
        name: 'spoken-after-static',
        breaks: 'Ports speak a protocol that the device was told to stop.',
        find: ' && (one.protocol === protocol || isLeased(one))',
        replace: '',
      },
    ],
  },
  {
    file: 'network/gateway/routing-plan.ts',
    tests: routers,
    changes: [
      {
        name: 'spoken-at-the-internet',
        breaks: 'A stranger on the Internet tells a gateway its routes.',
        find: 'ports.filter(isAble)',
        replace: 'ports',
      },
    ],
  },
  {
    file: 'network/gateway/wan-plan.ts',
    tests: line,
    changes: [
      {
        name: 'idle-line-carries',
        breaks: 'A line that is to carry nothing carries everything.',
        find: 'if (isIdle) return',
        replace: 'if (false) return',
      },
      {
        name: 'takes-the-address-of-the-machine',
        breaks: 'A machine loses its own address when it is not set any more.',
        find: 'isThere: isFixed && others.includes(`${ip}/${length}`)',
        replace: 'isThere: false',
      },
    ],
  },
  {
    file: 'network/gateway/kernel-state.ts',
    tests: [`${at}/gateway-leased.test.ts`],
    changes: [
      {
        name: 'address-goes-with-the-one-before',
        breaks: 'A line has no address once another one of its network is set.',
        find: 'if (before.length === 0) return [add(one)]',
        replace: 'if (before.length >= 0) return [add(one), ...before.map(removeAddress)]',
      },
    ],
  },
]
