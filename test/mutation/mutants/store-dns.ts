import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

/** What is set of the DNS of boxes. */
export const storeDns: readonly MutatedFile[] = [
  {
    file: '../model/dns-forward.ts',
    tests: [operation('dns/add-smart-access-gateway-dns-forward')],
    changes: [
      {
        name: 'case-makes-another-domain',
        breaks: 'A device has two forwards for one domain.',
        find: '    .toLowerCase()\n',
        replace: '',
      },
      {
        name: 'tunnel-as-routes-say',
        breaks: 'What was to be asked through a tunnel is asked in the clear.',
        find: "type === 'Tunnel' ? 'tunnel' : ",
        replace: '',
      },
    ],
  },
  {
    file: '../model/box-task.ts',
    tests: [operation('dns/describe-sag-user-dns')],
    changes: [
      {
        name: 'every-box-has-every-section',
        breaks: 'What an older program leaves out is shown as set.',
        find: ' && (section === undefined || able.includes(sectionNeeds[section]))',
        replace: '',
      },
    ],
  },
]
