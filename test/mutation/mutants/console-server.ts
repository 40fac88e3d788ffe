import type { MutatedFile } from '../mutant.ts'
import { operation, remoteTests } from './tests.ts'

const server = 'packages/server/src'
const logon = [`${server}/console-logon/logon.test.ts`]

export const consoleServer: readonly MutatedFile[] = [
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
        find: '/^[\\w-]+(\\.[\\w-]+)*\\.(js|css|svg|woff2)$/.test(request.params.file)',
        replace: '/\\.(js|css|svg|woff2)$/.test(request.params.file)',
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
    file: 'server/src/console-logon/second-factor.ts',
    tests: [...logon, `${server}/console-logon/security-key.test.ts`],
    changes: [
      {
        name: 'second-factor-ignored',
        breaks: 'Who must have a second factor is let in without it.',
        find: 'if (lacksFactor(found)) return proveFirstFactor(context, found, request, occasion)',
        replace: '',
      },
      {
        name: 'code-counts-twice',
        breaks: 'A code of the second factor that somebody looked at opens a second session.',
        find: "if (proof.step <= device.lastStep) throw new ConsoleLogonRefusal('SecondFactorFailed')",
        replace: '',
      },
      {
        name: 'code-not-used-up',
        breaks: 'A code of the second factor counts until its time is over.',
        find: 'await ram.mfaDevices.used(device, proof.step)',
        replace: '',
      },
      {
        name: 'factor-bound-meanwhile-passed-by',
        breaks: 'A second factor that is bound while the password is checked is not asked for.',
        find: "if (device?.name !== found.secondFactor?.device.name) throw new ConsoleLogonRefusal('LogonFailed')",
        replace: '',
      },
      {
        name: 'copied-key-counts',
        breaks: 'A copy of a security key lets in beside the key itself.',
        find: 'if (!mayFollow(proof.counter, key.counter))',
        replace: 'if (proof.counter < 0)',
      },
      {
        name: 'challenge-counts-twice',
        breaks: 'What a security key has signed once lets in again.',
        find: 'if (!isOpen || key === undefined)',
        replace: 'if (key === undefined)',
      },
    ],
  },
  {
    file: 'server/src/console-logon/oidc/people.ts',
    tests: [`${server}/console-logon/oidc/routes.test.ts`],
    changes: [
      {
        name: 'security-key-passed-by',
        breaks: 'A provider that asked for no second factor lets in who has a security key.',
        find: 'hasCodes || (await ram.securityKeys.of(user.id)).length > 0',
        replace: 'hasCodes',
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
        find: '// Nothing is left to guess.\n      await attempt.succeeded()',
        replace: '',
      },
      {
        name: 'codes-guessed-without-limit',
        breaks: 'Codes can be guessed as fast as the server answers.',
        find: 'const proved = lacksFactor(found) ? undefined : await prove()',
        replace: 'await attempt.succeeded()\n      const proved = lacksFactor(found) ? undefined : await prove()',
      },
      {
        name: 'lock-out-lifted-by-the-password',
        breaks: 'A user with too many wrong passwords is let in with the right one.',
        find: 'if (isLockedOut(found.rules.policy, found.profile.failures, context.wallClock()))',
        replace: 'if (isLockedOut(found.rules.policy, { count: 0, since: undefined }, context.wallClock()))',
      },
      {
        name: 'expired-password-counts',
        breaks: 'A password counts beyond its age.',
        find: 'if (expired || profile.passwordResetRequired)',
        replace: 'if (profile.passwordResetRequired)',
      },
      {
        name: 'old-password-again',
        breaks: 'A password that must be changed is changed into itself.',
        find: 'newPassword.reveal() === password.reveal() || ',
        replace: '',
      },
      {
        name: 'session-of-the-old-password',
        breaks: 'The session of who changed the password ends at once, or outlives the next change.',
        find: 'passwordHash: passwordHash ?? profile.passwordHash',
        replace: 'passwordHash: profile.passwordHash',
      },
      {
        name: 'checks-without-bound',
        breaks: 'Any number of logons at once take all memory and processors.',
        find: 'createCrowdLimit(mostAtOnce,',
        replace: 'createCrowdLimit(mostAtOnce * 1000,',
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
        find: 'await attempt.succeeded()',
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
        find: 'const trace = changesThings(command) ?',
        replace: 'const trace = command.name === "" ?',
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
    file: 'server/src/operator/operator-trace.ts',
    tests: [`${server}/operator/operator-trace.test.ts`],
    changes: [
      {
        name: 'order-of-another-size-without-instance',
        breaks: 'The entry of a paid order does not say what became of the instance it was about.',
        find: 'return bought?.id ?? createSizeOrders(db).instanceOf(id)',
        replace: 'return bought?.id',
      },
      {
        name: 'order-without-instance',
        breaks: 'An order that is named by its number is paid without a trace at its instance.',
        find: 'const bought = await createFleet(db).instanceByOrder(id)',
        replace: 'const bought = await createFleet(db).instanceById(id)',
      },
      {
        name: 'operator-entry-of-an-earlier-look',
        breaks: 'What the operator changed shows as unchanged.',
        find: 'const after = await look(tx, asked)',
        replace: 'const after = before',
      },
      {
        name: 'operator-made-things-are-unnamed',
        breaks: 'Nobody can tell which instance a command of the operator has made.',
        find: 'makes.map((name) => [name, result[name]])',
        replace: 'makes.map((name) => [name, undefined])',
      },
    ],
  },
  {
    file: 'server/src/value-mistakes.ts',
    tests: [`${server}/value-mistakes.test.ts`],
    changes: [
      {
        name: 'an-empty-number-is-zero',
        breaks: '--disk-floor= turns the floor off.',
        find: 'value !== undefined && !isNumber(value)',
        replace: 'value === undefined && !isNumber(value)',
      },
    ],
  },
  {
    file: 'server/src/access/client-passwords.ts',
    tests: [`${server}/access/client-passwords.test.ts`],
    changes: [
      {
        name: 'nobody-is-told-from-others-by-time',
        breaks: 'A logon of a user that is not there is answered sooner than that of one who is.',
        find: 'm=${memoryCost},t=${timeCost}',
        replace: 'm=${memoryCost},t=1',
      },
    ],
  },
  {
    file: 'server/src/apis/smartag/versions-upgrade/update-smart-access-gateway-version.ts',
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
    file: 'server/src/apis/smartag/client-users/user-state.ts',
    tests: [
      operation('client-users/enable-smart-access-gateway-user'),
      operation('client-users/disable-smart-access-gateway-user'),
    ],
    changes: [
      {
        name: 'disabled-user-stays',
        breaks: 'A disabled account goes on with the sessions it has.',
        find: "if (state === 'disabled') await remoteUsers.endSessionsOf",
        replace: "if (state === 'enabled') await remoteUsers.endSessionsOf",
      },
      {
        name: 'user-of-another-account',
        breaks: 'An account is disabled by somebody who does not own its instance.',
        find: "if (app.accountId !== caller.accountId) throw fail('Forbidden')",
        replace: '',
      },
    ],
  },
  {
    file: 'server/src/apis/smartag/client-users/size-order.ts',
    tests: [
      operation('client-users/upgrade-smart-access-gateway-software'),
      operation('client-users/downgrade-smart-access-gateway-software'),
    ],
    changes: [
      {
        name: 'upgrade-makes-smaller',
        breaks: 'An upgrade takes connections away.',
        find: "way === 'up' ? more < 0 : more > 0",
        replace: "way !== 'up' && more > 0",
      },
      {
        name: 'downgrade-makes-larger',
        breaks: 'A downgrade adds connections.',
        find: "way === 'up' ? more < 0 : more > 0",
        replace: "way === 'up' && more < 0",
      },
      {
        name: 'larger-before-it-is-paid',
        breaks: 'An order counts before it is paid.',
        find: 'if (AutoPay || !shop)',
        replace: 'if (AutoPay || shop)',
      },
    ],
  },
  {
    file: 'server/src/apis/smartag/client-users/reset-smart-access-gateway-client-user-password.ts',
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
]
