import type { MutatedFile } from '../mutant.ts'
import { operation, storeTests } from './tests.ts'

const add = operation('nat/add-dnat-entry')
const bind = operation('ccn/bind-smart-access-gateway')

export const storeDnat: readonly MutatedFile[] = [
  {
    file: '../model/dnat.ts',
    tests: [add],
    changes: [
      {
        name: 'way-by-its-host',
        breaks: 'Two entries of one port lead to different hosts, and it is chance which one a packet gets.',
        find: 'one.externalPort === other.externalPort',
        replace: 'one.externalPort === other.externalPort && one.externalIp === undefined',
      },
      {
        name: 'all-ports-to-one',
        breaks: 'All ports of an address are led to one port of a host.',
        find: "return (externalPort === 'any') === (internalPort === 'any')",
        replace: 'return true',
      },
      {
        name: 'led-to-loopback',
        breaks: 'An entry leads to an address of the gateway that only its own programs should reach.',
        find: ' || holds(reservedRanges, address)',
        replace: '',
      },
    ],
  },
  {
    file: '../apis/smartag/nat/add-dnat-entry.ts',
    tests: [add],
    changes: [
      {
        name: 'reached-in-a-block-of-its-own',
        breaks: 'An entry takes the address of a host of the branch.',
        find: 'if (holds(await addresses.cidrs(instanceId), externalIp))',
        replace: 'if (holds([], externalIp))',
      },
      {
        name: 'reached-at-the-address-of-a-member',
        breaks: 'A branch takes the traffic of another member of its network.',
        find: "if (problem !== undefined) throw fail('IllegalParam', problem)\n",
        replace: '',
      },
      {
        name: 'led-into-the-branch-of-others',
        breaks: 'An account leads traffic into the branch of another one.',
        find: "if (instance.accountId !== caller.accountId) throw fail('Forbidden')\n",
        replace: '',
      },
    ],
  },
  {
    file: 'networks/dnat.ts',
    tests: [operation('nat/delete-dnat-entry')],
    changes: [
      {
        name: 'entry-of-another-instance-deleted',
        breaks: 'Whoever knows the id of an entry deletes it by an instance of his own.',
        find: "    .where('id', '=', id)\n    .where('instance_id', '=', instanceId)",
        replace: "    .where('id', '=', id)",
      },
      {
        name: 'entries-of-other-networks-in-the-way',
        breaks: 'An address is refused because of the addresses of other networks.',
        find: "    .where('ccn_id', '=', ccnId)\n",
        replace: '',
        tests: [operation('nat/add-snat-entry')],
      },
    ],
  },
  {
    file: 'networks/service-addresses.ts',
    tests: [add, bind],
    changes: [
      {
        name: 'one-address-two-members',
        breaks: 'Two members of a network are reached at one address.',
        find: "const counted = use === 'dnat' ? here.where('instance_id', '!=', instanceId) : here",
        replace: "const counted = here.where('instance_id', '=', '')",
      },
    ],
  },
  {
    file: 'pops/branches.ts',
    tests: [storeTests.pops],
    changes: [
      {
        name: 'led-address-not-let-in',
        breaks: 'A point of presence does not let a member announce the address of its DNAT entry.',
        find: '        ...(leading.get(instance.id) ?? []).flatMap(({ external_ip }) => external_ip ?? []),\n',
        replace: '',
      },
    ],
  },
  {
    file: '../model/desired-config.ts',
    tests: ['packages/server/src/apis/opensag/describe-gateway-configuration.test.ts'],
    changes: [
      {
        name: 'old-program-seems-to-hold-it',
        breaks: 'A gateway that does not know DNAT is shown as if its entries were in force.',
        find: "(dnat === undefined ? [] : ['dnat' as const])",
        replace: '([] as const)',
      },
    ],
  },
]
