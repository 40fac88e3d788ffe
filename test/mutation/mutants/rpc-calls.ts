import type { MutatedFile } from '../mutant.ts'
import { accessTests } from './tests.ts'

const at = 'packages/server/src/rpc'
const dispatch = [`${at}/dispatch.test.ts`]
const secrets = [`${at}/dispatch-secrets.test.ts`]
const frontDoor = [`${at}/front-door.test.ts`]
const smartag = 'packages/server/src/apis/smartag'

export const rpcCalls: readonly MutatedFile[] = [
  {
    file: '../access/failures.ts',
    tests: ['packages/server/src/access/failures.test.ts'],
    changes: [
      {
        name: 'failures-without-bound',
        breaks: 'Anybody fills the memory with names nobody has.',
        find: 'if (groups.has(key) || groups.size < mostGroups)',
        replace: 'if (key !== reasonKey(failure))',
      },
      {
        name: 'all-failures-recorded-apart',
        breaks: 'Anybody fills the audit trail without a key.',
        find: 'shown.push(...most.slice(0, mostRecorded))',
        replace: 'shown.push(...most)',
      },
      {
        name: 'password-kept-as-key',
        breaks: 'A password that was sent in the wrong place is in the audit trail and the log.',
        find: 'accessKeyId !== undefined && keyForm.test(accessKeyId) ?',
        replace: 'accessKeyId !== undefined ?',
      },
      {
        name: 'guesses-hidden-in-a-flood',
        breaks: 'Invented names hide guesses at a name that exists.',
        find: 'failure.claimed === undefined ? gathered.nameless : gathered.named',
        replace: 'failure.claimed === undefined ? gathered.nameless : gathered.nameless',
      },
    ],
  },
  {
    file: 'dispatch.ts',
    tests: dispatch,
    changes: [
      {
        name: 'password-left-after-the-answer',
        breaks: 'The password of a call stays in memory.',
        find: 'for (const secret of progress.secrets.values()) secret.wipe()',
        replace: '',
        tests: secrets,
      },
      {
        name: 'body-left-after-the-answer',
        breaks: 'The password of a call stays in memory with its body.',
        find: 'request.body.fill(0)',
        replace: '',
        tests: secrets,
      },
      {
        name: 'received-bytes-left',
        breaks: 'What Node keeps of a request with a password is not overwritten.',
        find: 'if (progress.secrets.size > 0) options.wipeReceived?.()',
        replace: '',
        tests: secrets,
      },
      {
        name: 'nonce-not-awaited',
        breaks: 'A change on a gateway is begun before its nonce is kept: after a crash it can be sent again.',
        find: "if (transaction === 'device') await durable",
        replace: 'void transaction',
      },
      {
        name: 'replay-runs',
        breaks: 'A request that is sent twice is run twice.',
        find: "if (!fresh) throw gatewayError('SignatureNonceUsed')\n    value = await work()",
        replace: "value = await work()\n    if (!fresh) throw gatewayError('SignatureNonceUsed')",
      },
      {
        name: 'answer-before-nonce',
        breaks: 'An answer leaves before its nonce is kept.',
        find: '  await durable\n  return value',
        replace: '  return value',
      },
      {
        name: 'refusal-before-nonce',
        breaks: 'A refusal leaves before its nonce is kept: after a crash the request can be sent again.',
        find: 'await durable\n    throw error',
        replace: 'throw error',
      },
      {
        name: 'refusal-not-recorded',
        breaks: 'A call that was denied leaves nothing in the audit trail.',
        find: 'await options.store.record(audit({ error }))\n    throw error',
        replace: 'throw error',
        tests: [...dispatch, 'packages/server/src/apis/actiontrail/lookup-events.test.ts'],
      },
      {
        name: 'writes-on-a-full-disk',
        breaks: 'The disk becomes full.',
        find: 'if (options.refusesWrites() && needsSpace(operation))',
        replace: "if (options.refusesWrites() && operation.name === '')",
      },
      {
        name: 'reads-refused-on-a-full-disk',
        breaks: 'Nobody can look at a server whose disk is almost full.',
        find: "return transaction !== 'read' && transaction !== 'listing' && !sessions.has(name)",
        replace: 'return !sessions.has(name)',
      },
      {
        name: 'replay-not-counted',
        breaks: 'Somebody who sends recorded requests again leaves no trace.',
        find: 'if (!fresh) onReplay()',
        replace: '',
      },
      {
        name: 'access-before-parameters',
        breaks: 'The order of a table is not kept: a caller without rights learns whether his parameters are right.',
        find: 'if (beforeAccess !== undefined) throw beforeAccess',
        replace: '',
      },
      {
        name: 'access-not-asked',
        breaks: 'Everybody may do everything.',
        find: 'if (!isDenied(answer)) return',
        replace: "if (!isDenied(answer) || requestId !== '') return",
        tests: [accessTests.authorise, ...dispatch],
      },
      {
        name: 'wire-form-forgotten',
        breaks: 'Lists are answered in a form that clients refuse.',
        find: 'toWire(operation.result, result)',
        replace: 'result',
        tests: [`${smartag}/grants/describe-grant-sag-rules.test.ts`],
      },
      {
        name: 'throttled-call-uses-nonce',
        breaks: 'A user can store any number of nonces, however often it is refused.',
        find: 'options.flow.admitUser(caller)\n',
        replace: '\n',
        tests: ['packages/server/src/rpc/flow-control.test.ts'],
      },
      {
        name: 'full-nonces-are-a-defect',
        breaks: 'Clients do not come again when no more used nonces are kept.',
        find: "error instanceof TooManyNonces ? new Throttled('Throttling', fullMs) : error",
        replace: 'error',
      },
      {
        name: 'any-method',
        breaks: 'A PUT is run like a POST.',
        find: "if (request.method !== 'GET' && request.method !== 'POST') throw gatewayError('UnsupportedHTTPMethod')",
        replace: '',
        tests: frontDoor,
      },
      {
        name: 'source-of-the-proxy',
        breaks: 'Conditions about the address of the caller do not see it.',
        find: 'sourceIp: request.source,',
        replace: 'sourceIp: undefined,',
        tests: [accessTests.authorise, 'test/access/source-address.test.ts', ...dispatch],
      },
    ],
  },
  {
    file: 'run.ts',
    tests: dispatch,
    changes: [
      {
        name: 'done-but-unrecorded-fails',
        breaks: 'A password that was changed is answered as failed because its record could not be written.',
        find: 'if (error instanceof StoreClosed) throw error\n      await onUnrecorded(error)',
        replace: 'throw error',
      },
      {
        name: 'failure-not-recorded',
        breaks: 'A call that failed leaves nothing in the audit trail.',
        find: 'await store.record(audit({ error }))\n    throw error',
        replace: 'throw error',
      },
      {
        name: 'record-not-awaited',
        breaks: 'A call is answered before its record is durable.',
        find: 'await store.record(entry)\n      return value',
        replace: 'void store.record(entry).catch(() => {})\n      return value',
      },
      {
        name: 'read-in-write-unit',
        breaks: 'An operation that only reads waits for, and holds up, those that write.',
        find: 'store.read((db) => inUnit(createRepositories(db, sealer)))',
        replace: 'writeUnit(options, inUnit)',
        tests: [`${smartag}/grants/describe-grant-sag-rules.test.ts`],
      },
      {
        name: 'gateways-not-told',
        breaks: 'A change of the configuration reaches no gateway before it connects again.',
        find: 'return writeUnit(\n        options,',
        replace: 'return writeUnit(\n        { ...options, tellGateways: () => {} },',
        tests: [`${smartag}/nat/add-snat-entry.test.ts`],
      },
      {
        name: 'report-swallowed',
        breaks: 'A failure that the answer does not show is not in the log either.',
        find: 'logger.error({ err, requestId, action: operation.name, account: caller.accountId }, consequence)',
        replace: 'void [err, consequence, logger, caller]',
        tests: [`${smartag}/client-users/create-smart-access-gateway-client-user.test.ts`],
      },
      {
        name: 'deny-forgotten',
        breaks: 'An operation that decides on access itself fails instead of explaining the denial.',
        find: 'deny: createDeny(sealer),',
        replace: 'deny: undefined as never,',
        tests: ['packages/server/src/apis/sts/assume-role.test.ts'],
      },
      {
        name: 'wall-clock-for-operations',
        breaks: 'The clock an operator moved does not count.',
        find: 'const now = options.businessClock()',
        replace: 'const now = options.wallClock()',
        tests: [
          ...dispatch,
          'packages/server/src/start.test.ts',
          'packages/server/src/apis/smartag/instances/describe-smart-access-gateways.test.ts',
        ],
      },
    ],
  },
  {
    file: 'check.ts',
    tests: [...dispatch, 'test/errors/rows.test.ts'],
    changes: [
      {
        name: 'row-before-or-at',
        breaks: 'A row behind that of denials is answered before access is asked.',
        find: 'codes.includes(other) && codes.indexOf(code) < codes.indexOf(other)',
        replace: 'codes.includes(other)',
        tests: [...dispatch, 'packages/server/src/apis/smartag/device-access/modify-sag-admin-password.order.test.ts'],
      },
      {
        name: 'region-not-checked',
        breaks: 'A region that does not exist is taken.',
        find: "region.trim() !== '' && !isRegion(region)",
        replace: "region.trim() !== '' && region === ''",
      },
    ],
  },
  {
    file: 'calls-in-one-unit.ts',
    tests: ['packages/server/src/operator/gateways.test.ts'],
    changes: [
      {
        name: 'unit-without-checks',
        breaks: 'What the operator adds is not held to the checks of the API.',
        find: 'if (refusal !== undefined) throw refusal',
        replace: 'void refusal',
      },
    ],
  },
  {
    file: 'audit.ts',
    tests: [...dispatch, 'packages/server/src/apis/actiontrail/lookup-events.test.ts'],
    changes: [
      {
        name: 'refusal-as-done',
        breaks: 'The audit trail says that a refused call was done.',
        find: "'value' in outcome ? undefined : codeOf(outcome.error)",
        replace: 'undefined',
      },
      {
        name: 'defect-by-message',
        breaks: 'The text of a defect, which may hold anything, gets into the audit trail.',
        find: "error instanceof Refusal ? error.code : 'InternalError'",
        replace: 'error instanceof Refusal ? error.code : String(error)',
      },
    ],
  },
  {
    file: 'flow-control.ts',
    tests: ['packages/server/src/rpc/flow-control.test.ts'],
    changes: [
      {
        name: 'each-session-has-its-own-rate',
        breaks: 'A caller who may make sessions calls as often as it likes.',
        find: '`${caller.accountId} ${caller.roleId}`',
        replace: 'caller.accessKeyId',
      },
      {
        name: 'sources-not-bounded',
        breaks: 'An address without a key calls as often as it likes.',
        find: 'const waitMs = sources.take(sourceOf(address))',
        replace: 'const waitMs = 0 * sources.take(sourceOf(address))',
      },
    ],
  },
  {
    file: '../source-connections.ts',
    tests: ['packages/server/src/source-connections.test.ts'],
    changes: [
      {
        name: 'a-source-takes-all-connections',
        breaks: 'One address holds every connection there is, and nobody else is served.',
        find: 'if (count >= most) {',
        replace: 'if (count < 0) {',
      },
      {
        name: 'closed-connections-count',
        breaks: 'A source is refused for ever once it had as many connections as it may.',
        find: "socket.once('close', () => leave(source))",
        replace: 'void [socket, leave]',
      },
      {
        name: 'a-line-for-each-connection',
        breaks: 'Whoever opens connections fills the log.',
        find: 'if (state !== undefined) return\n      logger.warn',
        replace: 'logger.warn',
      },
    ],
  },
  {
    file: '../upgrades.ts',
    tests: ['packages/server/src/upgrades.test.ts'],
    changes: [
      {
        name: 'a-proxy-is-one-source',
        breaks: 'Behind a proxy all gateways together have the connections of one source.',
        find: 'connections.admit(socket, forwardedAddress(request))',
        replace: 'connections.admit(socket, socket.remoteAddress)',
      },
      {
        name: 'gateways-of-a-proxy-unbounded',
        breaks: 'Behind a proxy one address holds every connection there is.',
        find: 'else if (isOneTooMany(request, socket)) socket.destroy()',
        replace: '',
      },
    ],
  },
  {
    file: 'shared-flow.ts',
    tests: ['packages/server/src/rpc/shared-flow.test.ts'],
    changes: [
      {
        name: 'charged-for-before-the-start',
        breaks: 'A node that starts refuses who called much in the last hours.',
        find: 'if (seen === undefined) continue',
        replace: '',
      },
      {
        name: 'charged-for-all-each-time',
        breaks: 'Who called much at one node is refused by the others for ever.',
        find: 'const before = seen.get(key) ?? 0',
        replace: 'const before = 0 * (seen.get(key) ?? 0)',
      },
    ],
  },
  {
    file: 'shared-paces.ts',
    tests: ['packages/server/src/rpc/shared-paces.test.ts', 'packages/server/src/rpc/shared-flow.test.ts'],
    changes: [
      {
        name: 'charged-without-a-bound',
        breaks: 'Who called much elsewhere is refused for hours.',
        find: 'Math.min(before + count * everyMs, time + savedMs + longestWaitMs)',
        replace: 'before + count * everyMs',
      },
      {
        name: 'one-row-of-paces',
        breaks: 'Who shares one place with a flood is refused with it.',
        find: 'Math.min(first[one] as number, second[other] as number)',
        replace: 'Math.max(first[one] as number, second[other] as number)',
      },
    ],
  },
  {
    file: 'audit-parameters.ts',
    tests: ['packages/server/src/rpc/dispatch.test.ts'],
    changes: [
      {
        name: 'secret-parameter-in-the-trail',
        breaks: 'Passwords are in the audit trail.',
        find: 'state !== undefined && !state.isSecret && state.isIgnored !== true',
        replace: 'state !== undefined && state.isIgnored !== true',
      },
    ],
  },
  {
    file: 'audit-trace.ts',
    tests: ['packages/server/src/rpc/audit-trace.test.ts'],
    changes: [
      {
        name: 'names-of-others-in-a-refusal',
        breaks: 'A refused call leaves the name of a thing of another account in the trail of the one who called.',
        find: 'isDone || identity?.accountId === caller.accountId',
        replace: 'isDone || identity !== undefined',
      },
      {
        name: 'renamed-user-not-found-again',
        breaks: 'A user that got another name looks as if it had been deleted.',
        find: 'key: found.identity().id, isId: true',
        replace: 'key: facts.key',
      },
    ],
  },
]
