import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

const update = operation('dpi/update-smart-ag-dpi-attribute')

/** Whether gateways recognise applications. */
export const storeDpi: readonly MutatedFile[] = [
  {
    file: '../model/dpi.ts',
    tests: [update],
    changes: [
      {
        name: 'any-engine-will-do',
        breaks: 'A gateway without nDPI is told to recognise applications.',
        find: "if (device.dpiEngine === undefined) return 'DeviceNotSupported'",
        replace: 'if (device.dpiEngine === undefined) return undefined',
      },
    ],
  },
  {
    file: 'gateways/inspections.ts',
    tests: [update],
    changes: [
      {
        name: 'log-outlives-recognition',
        breaks: 'Connections are recorded again, as before, once applications are recognised again.',
        find: '...(isEnabled ? {} : { dpi_project: null, dpi_logstore: null }),',
        replace: '',
      },
    ],
  },
  {
    file: '../apis/smartag/bandwidth-packages/associate-smart-ag-with-application-bandwidth-package.ts',
    tests: [operation('bandwidth-packages/associate-smart-ag-with-application-bandwidth-package')],
    changes: [
      {
        name: 'others-have-nothing-of-a-package',
        breaks: 'Instances together have more than their package.',
        find: 'new Map(await applicationPackages.shares(found.id))',
        replace: 'new Map<string, number>()',
      },
    ],
  },
  {
    file: '../channel/gateway-config.ts',
    tests: ['packages/server/src/channel/known-rules.test.ts'],
    changes: [
      {
        name: 'rules-for-applications-told-to-all',
        breaks: 'A gateway of before takes a rule for one application for a rule of everything.',
        find: "return this.can('dpi') ? rules : ",
        replace: 'if (rules.length > 0) return rules\n    return ',
      },
    ],
  },
]
