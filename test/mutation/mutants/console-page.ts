import type { MutatedFile } from '../mutant.ts'

const console_ = 'packages/console/src'
const client = 'packages/smartag-client/src'
const session = [`${console_}/app/session.test.ts`]
const fleet = [`${console_}/fleet/filter.test.ts`]

export const consolePage: readonly MutatedFile[] = [
  {
    file: 'console/src/fleet/gateways.ts',
    tests: [`${console_}/fleet/gateways.test.ts`],
    changes: [
      {
        name: 'both-active',
        breaks: 'Both devices of a pair are rotated as active ones.',
        find: "index === 0 ? 'active' : 'standby'",
        replace: "'active'",
      },
      {
        name: 'standby-online-by-the-active',
        breaks: 'A standby device that is away counts as a failure.',
        find: 'row.OnlineCount > index',
        replace: 'row.OnlineCount > 0',
      },
    ],
  },
  {
    file: 'console/src/app/session.svelte.ts',
    tests: session,
    changes: [
      {
        name: 'log-off-keeps-the-key',
        breaks: 'The key of who logged off stays in the page and signs on.',
        find: 'this.#key = undefined\n',
        replace: '',
      },
      {
        name: 'ended-session-stays',
        breaks: 'A session the server ended looks as if it went on.',
        find: 'session.lapse(key)\n',
        replace: '',
      },
      {
        name: 'late-answer-asks-as-somebody-else',
        breaks: 'What somebody asked for before they logged off is asked again as whoever logged on since.',
        find: '!endsSession(error) || session.current !== current',
        replace: '!endsSession(error)',
      },
    ],
  },
  {
    file: 'console/src/api/errors.ts',
    tests: session,
    changes: [
      {
        name: 'deleted-key-goes-on',
        breaks: 'A session whose key is gone is not ended in the page.',
        find: "  'InvalidAccessKeyId.NotFound',\n",
        replace: '',
      },
    ],
  },
  {
    file: 'smartag-client/src/form.ts',
    tests: [`${client}/form.test.ts`, `${client}/sign-v3.test.ts`],
    changes: [
      {
        name: 'items-from-nought',
        breaks: 'Items of a list are numbered from 0, and the first is not seen.',
        find: '`${name}.${index + 1}`',
        replace: '`${name}.${index}`',
      },
      {
        name: 'undefined-is-sent',
        breaks: 'A parameter nobody filled in is sent as the text undefined.',
        find: 'if (value === undefined) continue',
        replace: '',
      },
    ],
  },
  {
    file: 'smartag-client/src/sign-v3.ts',
    tests: [`${client}/sign-v3.test.ts`],
    changes: [
      {
        name: 'token-not-signed',
        breaks: 'No call of a session is accepted.',
        find: "...(key.securityToken === undefined ? {} : { 'x-acs-security-token': key.securityToken }),",
        replace: '',
      },
    ],
  },
  {
    file: 'console/src/app/clock.ts',
    tests: [`${console_}/app/clock.test.ts`],
    changes: [
      {
        name: 'clock-the-other-way',
        breaks: 'The error of a wrong clock is doubled instead of taken away.',
        find: 'Date.now() + ahead',
        replace: 'Date.now() - ahead',
      },
      {
        name: 'unreadable-date',
        breaks: 'An answer without a date breaks every signature.',
        find: 'Number.isNaN(date) || ',
        replace: '',
      },
    ],
  },
  {
    file: 'console/src/fleet/row.ts',
    tests: fleet,
    changes: [
      {
        name: 'locked-unseen',
        breaks: 'A locked gateway is shown as online.',
        find: "if (row.LockedCount > 0) return 'locked'",
        replace: '',
      },
      {
        name: 'half-a-pair-is-online',
        breaks: 'A pair with one device away is shown as online.',
        find: "if (row.OnlineCount < row.DeviceCount) return 'degraded'",
        replace: '',
      },
    ],
  },
  {
    file: 'rules/src/cidr.ts',
    tests: ['packages/rules/src/cidr.test.ts', `${console_}/fleet/cidr-map.test.ts`],
    changes: [
      {
        name: 'touching-blocks-do-not-overlap',
        breaks: 'Two networks that share an address are shown as apart.',
        find: 'one.first <= other.last && other.first <= one.last',
        replace: 'one.first < other.last && other.first < one.last',
      },
      {
        name: 'block-with-host-bits',
        breaks: 'A text that is no network is drawn as one.',
        find: 'length > 32 || first % 2 ** (32 - length) !== 0',
        replace: 'length > 32',
      },
    ],
  },
  {
    file: 'rules/src/param-check.ts',
    tests: ['packages/rules/src/param-check.test.ts'],
    changes: [
      {
        name: 'length-in-units',
        breaks: 'A text of characters outside the plane is refused in the page and taken by the server.',
        find: '[...value].length',
        replace: 'value.length',
      },
      {
        name: 'range-off-by-one',
        breaks: 'The largest number the server takes is refused in the page.',
        find: 'number <= (maximum ?? number)',
        replace: 'number < (maximum ?? number + 1)',
      },
    ],
  },
  {
    file: 'console/src/ui/action.ts',
    tests: [`${console_}/ui/action.test.ts`],
    changes: [
      {
        name: 'password-without-a-digit',
        breaks: 'One of twenty passwords that are made for a colleague is refused.',
        find: '/\\d/, ',
        replace: '',
      },
      {
        name: 'likelier-letters',
        breaks: 'Some letters of generated passwords are likelier than others.',
        find: 'byte < limit && text.length < 20',
        replace: 'text.length < 20',
      },
    ],
  },
]
