import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

const shown = operation('nat/describe-sag-wan-snat')
const set = operation('nat/modify-sag-wan-snat')
const ospf = operation('routes/modify-sag-route-protocol-ospf')
const protocol = operation('routes/modify-sag-global-route-protocol')
const lan = operation('ports/modify-sag-lan')

/** What is set of boxes, and how far it is. */
export const storeBox: readonly MutatedFile[] = [
  {
    file: '../model/box-task.ts',
    tests: [shown, set],
    changes: [
      {
        name: 'done-before-it-is-read',
        breaks: 'A task is done while the query still shows what was there before.',
        find: 'const isSettled = isRead && ',
        replace: 'const isSettled = ',
      },
      {
        name: 'done-on-trial',
        breaks: 'A task is done, and then the device goes back.',
        find: ' && !device.configOnTrial && !device.configFailing',
        replace: '',
      },
      {
        name: 'given-up-is-on-its-way',
        breaks: 'A change that the device gave up is waited for without end.',
        find: 'if (isReverted) return',
        replace: 'if (false) return',
      },
    ],
  },
  {
    file: '../model/box-task.ts',
    tests: [ospf],
    changes: [
      {
        name: 'told-what-it-cannot',
        breaks: 'What no device can be told is shown as done.',
        find: 'if (problem !== undefined) return',
        replace: 'if (false) return',
      },
    ],
  },
  {
    file: '../model/routing.ts',
    tests: [protocol],
    changes: [
      {
        name: 'other-protocol-goes-on',
        breaks: 'Ports speak a protocol that the device does not have any more.',
        find: "isLeased(one.port) || one.protocol === protocol || one.protocol === 'STATIC' ? one : silent(one)",
        replace: 'one',
      },
    ],
  },
  {
    file: '../apis/smartag/routes/set-ospf.ts',
    tests: [ospf],
    changes: [
      {
        name: 'key-is-forgotten',
        breaks: 'Who changes a timer takes the key of OSPF away.',
        find: 'kept: before?.[name]',
        replace: 'kept: undefined',
      },
    ],
  },
  {
    file: '../model/box.ts',
    tests: [lan],
    changes: [
      {
        name: 'outside-of-the-blocks',
        breaks: 'A port keeps a subnet that is another branch’s by now.',
        find: 'lan?.filter(({ ip, length }) => lanFits(ip, length, blocks))',
        replace: 'lan?.filter(() => true)',
      },
    ],
  },
  {
    file: 'gateways/configurations.ts',
    tests: [set],
    changes: [
      {
        name: 'box-of-the-last-instance',
        breaks: 'A device that is bound anew is set as another account had set it.',
        find: '{ box: null, box_writes: null, box_report: null, box_reported_at: null }',
        replace: '{ box_reported_at: null }',
      },
    ],
  },
  {
    file: '../model/wan.ts',
    tests: [operation('ports/modify-sag-wan')],
    changes: [
      {
        name: 'line-begins-anew',
        breaks: 'A limit is gone once something else of the line is set.',
        find: 'wanted.bandwidth ?? before?.bandwidth',
        replace: 'wanted.bandwidth',
      },
    ],
  },
  {
    file: '../model/leased-line.ts',
    tests: [operation('vbr-express-connect/create-sag-express-connect-interface')],
    changes: [
      {
        name: 'tags-beside-none',
        breaks: 'A leased line has packets with and without a tag, which the other side takes for one network.',
        find: 'vlan === 0 || wanted.vlan === 0',
        replace: 'vlan === 0',
      },
    ],
  },
  {
    file: '../model/box-ha.ts',
    tests: [operation('ha/modify-sag-ha')],
    changes: [
      {
        name: 'shares-what-terminals-are-given',
        breaks: 'A terminal gets the address that the devices share.',
        find: 'end.start !== undefined && isBetween',
        replace: 'false && end.start !== undefined && isBetween',
      },
    ],
  },
  {
    file: '../model/port-role.ts',
    tests: [operation('ports/modify-sag-port-role')],
    changes: [
      {
        name: 'line-of-a-port-that-is-none',
        breaks: 'A port is set as a line to the Internet again when it gets its role back.',
        find: '{ wan: others(wan) }',
        replace: '{ wan }',
      },
    ],
  },
]
