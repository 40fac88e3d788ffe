import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

const shown = operation('nat/describe-sag-wan-snat')
const set = operation('nat/modify-sag-wan-snat')
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
]
