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
]
