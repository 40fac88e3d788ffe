import { folder } from '../mutant.ts'
import { operation, remoteTests } from './tests.ts'

const console_ = 'packages/console/src'
const server = 'packages/server/src'
const run = [`${console_}/rotation/run.test.ts`]
const logon = [`${server}/console-logon/logon.test.ts`]
const session = [`${console_}/app/session.test.ts`]
const fleet = [`${console_}/fleet/filter.test.ts`]

/** The logic of the web console, its pages and its logon; the screens themselves have tests in a browser. */
export const consoleLogic = folder('console', 0.9, 'packages', [
  {
    file: 'console/src/rotation/run.ts',
    tests: run,
    changes: [
      {
        name: 'stop-ignored-between-waves',
        breaks: 'A rotation that was stopped says that it is complete.',
        find: "if (report.isStopped()) return { end: 'stopped', why: '' }",
        replace: '',
      },
      {
        name: 'stop-ignored-in-a-wave',
        breaks: 'A rotation that was stopped calls the rest of its wave.',
        find: 'halted !== undefined || report.isStopped() || isTooMany',
        replace: 'halted !== undefined || isTooMany',
      },
      {
        name: 'failures-do-not-stop',
        breaks: 'A rotation goes on although too many fail.',
        find: "if (isTooMany(settings.mostFailures, { failed, begun })) return { end: 'too-many', why: '' }",
        replace: '',
      },
      {
        name: 'password-for-each-attempt',
        breaks: 'The password that is shown is not the one in force.',
        find: 'world.call(gateway, choice.operation, password)',
        replace: 'world.call(gateway, choice.operation, world.password())',
      },
      {
        name: 'unknown-password-forgotten',
        breaks: 'The password of a call whose answer was lost is nowhere.',
        find: "is === 'changed' || is === 'unknown'",
        replace: "is === 'changed'",
      },
      {
        name: 'halt-goes-on',
        breaks: 'A key that does not count any more is used for every other gateway.',
        find: "if ('halt' in ended) halted = ended.halt",
        replace: "if ('halt' in ended) void ended.halt",
      },
    ],
  },
  {
    file: 'console/src/rotation/gateways.ts',
    tests: [`${console_}/rotation/gateways.test.ts`],
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
        find: 'this.#session = undefined\n',
        replace: '',
      },
      {
        name: 'ended-session-stays',
        breaks: 'A session the server ended looks as if it went on.',
        find: 'if (endsSession(error) && session.current === current) session.end(true)',
        replace: '',
      },
      {
        name: 'late-answer-ends-the-next-session',
        breaks: 'A late answer to who logged off ends the session of who logged on since.',
        find: 'endsSession(error) && session.current === current',
        replace: 'endsSession(error)',
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
    file: 'console/src/api/form.ts',
    tests: [`${console_}/api/form.test.ts`, `${console_}/api/sign-v3.test.ts`],
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
    file: 'console/src/api/sign-v3.ts',
    tests: [`${console_}/api/sign-v3.test.ts`],
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
    file: 'console/src/fleet/cidr.ts',
    tests: [`${console_}/fleet/cidr.test.ts`, `${console_}/fleet/cidr-map.test.ts`],
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
        find: 'first % 2 ** (32 - length) === 0 ? blockAt(first, length) : undefined',
        replace: 'blockAt(first, length)',
      },
    ],
  },
  {
    file: 'console/src/app/check.ts',
    tests: [`${console_}/app/check.test.ts`],
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
        find: 'number > (param.maximum ?? number)',
        replace: 'number >= (param.maximum ?? number + 1)',
      },
    ],
  },
  {
    file: 'console/src/ui/action.ts',
    tests: [`${console_}/ui/action.test.ts`],
    changes: [
      {
        name: 'likelier-letters',
        breaks: 'Some letters of generated passwords are likelier than others.',
        find: 'byte < limit && text.length < 20',
        replace: 'text.length < 20',
      },
    ],
  },
  {
    file: 'server/src/pages/console.ts',
    tests: [`${server}/pages/console.test.ts`],
    changes: [
      {
        name: 'framed-by-anybody',
        breaks: 'Another page frames the console and has people click in it.',
        find: "frame-ancestors 'none'",
        replace: 'frame-ancestors *',
      },
      {
        name: 'calls-anywhere',
        breaks: 'A script in the console may send keys to another server.',
        find: "connect-src 'self'",
        replace: 'connect-src *',
      },
      {
        name: 'scripts-inline',
        breaks: 'A text that gets into the page as HTML runs.',
        find: "script-src 'self'",
        replace: "script-src 'self' 'unsafe-inline'",
      },
      {
        name: 'old-page-kept',
        breaks: 'A browser keeps the page of an older version for a year.',
        find: "const lasting = file !== 'index.html'",
        replace: "const lasting = file !== ''",
      },
      {
        name: 'files-outside',
        breaks: 'A path leads out of the folder of the console.',
        find: '/^[\\w-]+(\\.[\\w-]+)*\\.(js|css|svg)$/.test(request.params.file)',
        replace: '/\\.(js|css|svg)$/.test(request.params.file)',
      },
    ],
  },
  {
    file: 'server/src/pages/pages.ts',
    tests: [`${server}/pages/pages.test.ts`],
    changes: [
      {
        name: 'pages-framed-by-anybody',
        breaks: 'A page of errors may load what it likes.',
        find: "default-src 'none'; style-src",
        replace: 'default-src *; style-src',
      },
    ],
  },
  {
    file: 'server/src/console-logon/logon.ts',
    tests: logon,
    changes: [
      {
        name: 'profile-not-compared-again',
        breaks: 'A password that was changed while it was being checked still opens a session.',
        find: "if (current?.passwordHash !== profile.passwordHash) throw new ConsoleLogonRefusal('LogonFailed')",
        replace: 'void current',
      },
      {
        name: 'right-logons-lock-out',
        breaks: 'Five right logons lock the sixth out.',
        find: 'attempt.succeeded()',
        replace: '',
      },
      {
        name: 'second-factor-ignored',
        breaks: 'Who asked for a second factor is let in without it.',
        find: "if (profile.mfaBindRequired) throw new ConsoleLogonRefusal('SecondFactorRequired')",
        replace: '',
      },
      {
        name: 'old-password-again',
        breaks: 'A password that must be changed is changed into itself.',
        find: ' || newPassword.reveal() === password.reveal()',
        replace: '',
      },
      {
        name: 'session-of-the-old-password',
        breaks: 'The session of who changed the password ends at once, or outlives the next change.',
        find: 'profileTag(passwordHash ?? profile.passwordHash)',
        replace: 'profileTag(profile.passwordHash)',
      },
      {
        name: 'checks-without-bound',
        breaks: 'Any number of logons at once take all memory and processors.',
        find: 'if (underWay >= mostAtOnce) throw',
        replace: 'if (underWay >= mostAtOnce * 1000) throw',
      },
      {
        name: 'missing-user-answers-sooner',
        breaks: 'The time of an answer tells which users there are.',
        find: '!(await passwords.check(found?.profile.passwordHash, request.password)) || found === undefined',
        replace: 'found === undefined || !(await passwords.check(found.profile.passwordHash, request.password))',
        tests: ['test/access/guessing-logon.test.ts', ...logon],
      },
    ],
  },
  {
    file: 'server/src/remote-access/logon.ts',
    tests: [remoteTests.logon],
    changes: [
      {
        name: 'right-remote-logons-lock-out',
        breaks: 'Five right logons of a remote user lock the sixth out.',
        find: 'attempt.succeeded()',
        replace: '',
      },
    ],
  },
  {
    file: 'server/src/remote-access/admit.ts',
    tests: [remoteTests.logon],
    changes: [
      {
        name: 'password-not-compared-again',
        breaks: 'A remote user’s password that was reset while it was being checked still opens a session.',
        find: ' || passwordHash !== claim.passwordHash)',
        replace: ')',
        tests: [`${server}/remote-access/admit.test.ts`],
      },
    ],
  },
  {
    file: 'server/src/operator/socket.ts',
    tests: [`${server}/operator/socket.test.ts`],
    changes: [
      {
        name: 'operator-socket-for-all',
        breaks: 'Every user of the machine is the operator.',
        find: 'await chmod(path, 0o600)',
        replace: 'await chmod(path, 0o666)',
      },
      {
        name: 'sandbox-commands-in-production',
        breaks: 'The clock of a production server can be moved.',
        find: 'command.sandboxOnly && context.simulation === undefined',
        replace: 'command.sandboxOnly && context.simulation === null',
      },
      {
        name: 'operator-leaves-no-trace',
        breaks: 'What the operator changed is not in the audit trail.',
        find: 'if (changesThings(command)) await context.store.record',
        replace: 'if (command.name === "") await context.store.record',
        tests: [`${server}/operator/socket.test.ts`, `${server}/operator/audit.test.ts`],
      },
      {
        name: 'second-server-takes-the-socket',
        breaks: 'A second server takes the socket of one that runs.',
        find: 'if (alive) throw new Error(`Another server answers on ${path}.`)',
        replace: 'void alive',
      },
    ],
  },
  {
    file: 'server/src/operations/versions-upgrade/update-smart-access-gateway-version.ts',
    tests: [operation('versions-upgrade/update-smart-access-gateway-version')],
    changes: [
      {
        name: 'firmware-of-another-model',
        breaks: 'A standby device of another model is given firmware that is not for it.',
        find: 'model === firmware.model && isNewerThan',
        replace: 'model !== undefined && isNewerThan',
      },
    ],
  },
  {
    file: 'server/src/operations/client-users/reset-smart-access-gateway-client-user-password.ts',
    tests: [operation('client-users/reset-smart-access-gateway-client-user-password')],
    changes: [
      {
        name: 'reset-of-a-deleted-account',
        breaks: 'A reset answers success for an account that was deleted meanwhile.',
        find: 'await find(repositories)\n',
        replace: '',
      },
    ],
  },
  {
    file: 'server/src/model/calendar.ts',
    tests: [`${server}/model/calendar.test.ts`],
    changes: [
      {
        name: 'months-in-local-time',
        breaks: 'The end of a subscription depends on where the server stands.',
        find: 'const month = date.getUTCMonth() + months',
        replace: 'const month = date.getMonth() + months',
      },
      {
        name: 'day-in-local-time',
        breaks: 'The end of a subscription depends on where the server stands.',
        find: 'Math.min(date.getUTCDate(), daysInMonth)',
        replace: 'Math.min(date.getDate(), daysInMonth)',
      },
    ],
  },
])
