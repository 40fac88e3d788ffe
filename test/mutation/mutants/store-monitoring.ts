import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

const tunnels = 'test/remote-access/tunnel-rules.test.ts'

/** What gateways and points of presence count, and what gateways find. */
export const storeMonitoring: readonly MutatedFile[] = [
  {
    file: 'remote-users/user-traffic.ts',
    tests: [tunnels],
    changes: [
      {
        name: 'late-word-takes-back',
        breaks: 'A count that comes late makes an account carry less than it has.',
        find: 'if (bytes <= before) return',
        replace: 'if (bytes === before) return',
      },
      {
        name: 'month-never-ends',
        breaks: 'What an account carried last month is what it carries in this one.',
        find: 'if (traffic_month < month) await closeMonth',
        replace: 'if (traffic_month === 0) await closeMonth',
      },
    ],
  },
  {
    file: '../model/traffic.ts',
    tests: ['packages/server/src/model/traffic.property.test.ts'],
    changes: [
      {
        name: 'first-packets-count',
        breaks: 'A gateway that learns to count packets tells of all it ever carried as of the last minute.',
        find: 'packets: isFirst ? 0 :',
        replace: 'packets: false ? 0 :',
      },
    ],
  },
  {
    file: '../model/diagnosis.ts',
    tests: [operation('probe-diagnosis/discribe-smart-access-gateway-diagnosis-report')],
    changes: [
      {
        name: 'diagnosis-runs-for-ever',
        breaks: 'A diagnosis that nothing came of is shown as under way for ever.',
        find: "now - askedAt < diagnosisMs ? 'running' : 'failed'",
        replace: "'running'",
      },
    ],
  },
  {
    file: '../apis/smartag/probe-diagnosis/diagnose-smart-access-gateway.ts',
    tests: [operation('probe-diagnosis/diagnose-smart-access-gateway')],
    changes: [
      {
        name: 'refused-call-takes-the-report',
        breaks: 'A device that cannot be asked loses the report of its last diagnosis.',
        find: 'await unit.write(({ diagnoses }) => diagnoses.takeBack(serial, id, before))',
        replace: '',
      },
    ],
  },
]
