import { folder } from '../mutant.ts'
import { accessTests } from './tests.ts'

const at = 'packages/server/src/rpc'
const dispatch = [`${at}/dispatch.test.ts`]
const decode = [`${at}/decode.test.ts`]
const authenticate = [`${at}/authenticate.test.ts`, `${at}/signatures.test.ts`]
const frontDoor = [`${at}/front-door.test.ts`]

/** The front door: reading, signatures, order of checks, answers. */
export const rpc = folder('rpc', 0.9, at, [
  {
    file: 'authenticate.ts',
    tests: authenticate,
    changes: [
      {
        name: 'disabled-key-signs',
        breaks: 'A disabled access key still signs.',
        find: "if (credential.status !== 'Active') throw gatewayError('InvalidAccessKeyId.Inactive')",
        replace: '',
      },
      {
        name: 'old-request-accepted',
        breaks: 'A recorded request can be sent again after its nonce was forgotten.',
        find: "if (!isTimely(timestamp, now)) throw gatewayError('InvalidTimeStamp.Expired')",
        replace: '',
      },
      {
        name: 'signature-not-checked',
        breaks: 'Anybody signs for anybody.',
        find: 'if (mismatch !== undefined) throw mismatch',
        replace: 'void mismatch',
      },
      {
        name: 'token-not-checked',
        breaks: 'The key of a session signs without its token.',
        find: 'checkSecurityToken(credential, signed.securityToken, now)',
        replace: '',
      },
      {
        name: 'bearer-without-end',
        breaks: 'A bearer token that has ended is accepted.',
        find: 'credential.expiresAt <= now',
        replace: 'credential.expiresAt < now - 1',
      },
    ],
  },
  {
    file: 'security-token.ts',
    tests: [...authenticate, accessTests.stsSessions],
    changes: [
      {
        name: 'session-without-end',
        breaks: 'A session goes on after it has ended.',
        find: 'credential.expiresAt <= now',
        replace: 'credential.expiresAt === 0',
      },
      {
        name: 'session-ends-late',
        breaks: 'A session is accepted at the moment it ends.',
        find: 'credential.expiresAt <= now',
        replace: 'credential.expiresAt < now',
      },
      {
        name: 'session-without-token',
        breaks: 'The key of a session signs without its token.',
        find: "throw gatewayError('MissingSecurityToken')",
        replace: 'return',
      },
      {
        name: 'token-of-another-session',
        breaks: 'The token of one session serves another.',
        find: 'credential.isToken?.(token) !== true',
        replace: 'credential.isToken?.(token) === undefined',
      },
    ],
  },
  {
    file: 'time.ts',
    tests: [`${at}/time.test.ts`],
    changes: [
      {
        name: 'only-the-past',
        breaks: 'A request of the far future is accepted, and its nonce forgotten before its time.',
        find: 'Math.abs(now - timestamp)',
        replace: '(now - timestamp)',
      },
      {
        name: 'nonce-forgotten-early',
        breaks: 'The nonce of a request with a fast clock is forgotten while the request is still accepted.',
        find: 'Math.max(timestamp + tolerance + margin, now + shortestMemory)',
        replace: 'now + shortestMemory - tolerance - margin',
      },
    ],
  },
  {
    file: 'read-v3.ts',
    tests: [`${at}/signatures.test.ts`, `${at}/authenticate.test.ts`, 'test/vectors/vectors.test.ts'],
    changes: [
      {
        name: 'unsigned-action',
        breaks: 'Somebody between makes another call of a signed one.',
        find: "  'x-acs-action',\n",
        replace: '',
      },
      {
        name: 'unsigned-token',
        breaks: 'The session of a signed request can be replaced.',
        find: "  'x-acs-security-token',\n",
        replace: '',
      },
      {
        name: 'unsigned-body',
        breaks: 'The body of a signed request can be replaced.',
        find: 'hash === undefined || hash === bodyHash(signed)',
        replace: 'hash !== bodyHash(signed) || true',
      },
      {
        name: 'algorithm-of-another-key',
        breaks: 'A key signs with an algorithm that is not its own.',
        find: 'algorithm === undefined || algorithm.keys !== keys.kind',
        replace: 'algorithm === undefined',
      },
    ],
  },
  {
    file: 'read-v1.ts',
    tests: [`${at}/signatures.test.ts`, `${at}/authenticate.test.ts`],
    changes: [
      {
        name: 'any-signature-version',
        breaks: 'A request that says it is signed otherwise is taken.',
        find: "if (signatureVersion !== '1.0') throw invalid('SignatureVersion')",
        replace: 'void signatureVersion',
      },
      {
        name: 'nonce-not-needed',
        breaks: 'A request without nonce can be sent again and again.',
        find: "const nonce = required(params, 'SignatureNonce')",
        replace: "const nonce = params.get('SignatureNonce') ?? String(Math.random())",
      },
    ],
  },
  {
    file: 'signature-v3.ts',
    tests: [`${at}/signatures.test.ts`, 'test/vectors/vectors.test.ts'],
    changes: [
      {
        name: 'ambiguous-names',
        breaks: 'Two different requests have one signature.',
        find: 'if (ambiguousWhenRaw.test(name)) return [enc]',
        replace: '',
      },
      {
        name: 'hex-of-any-form',
        breaks: 'A signature with something behind it is taken.',
        find: 'if (!/^(?:[0-9a-f]{2})+$/.test(signature)) return false',
        replace: '',
        tests: [`${at}/signature-v3.test.ts`],
      },
    ],
  },
  {
    file: 'signature-v1.ts',
    tests: [`${at}/signatures.test.ts`, 'test/vectors/vectors.test.ts'],
    changes: [
      {
        name: 'method-not-signed',
        breaks: 'A signed GET is taken as a POST.',
        find: '`${method}&%2F&`',
        replace: "`${method === '' ? '' : 'GET'}&%2F&`",
      },
    ],
  },
  {
    file: 'dispatch.ts',
    tests: dispatch,
    changes: [
      {
        name: 'nonce-not-awaited',
        breaks: 'A change on a gateway is begun before its nonce is kept: after a crash it can be sent again.',
        find: "if (transaction === 'device') await durable",
        replace: 'void transaction',
      },
      {
        name: 'replay-runs',
        breaks: 'A request that is sent twice is run twice.',
        find: "fresh ? work() : Promise.reject<T>(gatewayError('SignatureNonceUsed'))",
        replace: "work().then((value) => (fresh ? value : Promise.reject<T>(gatewayError('SignatureNonceUsed'))))",
      },
      {
        name: 'answer-before-nonce',
        breaks: 'An answer leaves before its nonce is kept.',
        find: "if (written.status === 'rejected') throw written.reason",
        replace: '',
      },
      {
        name: 'refusal-not-recorded',
        breaks: 'A call that was denied leaves nothing in the audit trail.',
        find: 'await options.store.record(audit({ error }))\n    throw error',
        replace: 'throw error',
        tests: [...dispatch, 'packages/server/src/platform/actiontrail/lookup-events.test.ts'],
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
        find: 'if (denied !== undefined) {',
        replace: "if (denied !== undefined && requestId === '') {",
        tests: [accessTests.authorise, ...dispatch],
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
        name: 'wall-clock-for-operations',
        breaks: 'The clock an operator moved does not count.',
        find: 'const now = options.businessClock()',
        replace: 'const now = options.wallClock()',
        tests: [
          ...dispatch,
          'packages/server/src/start.test.ts',
          'packages/server/src/operations/instances/describe-smart-access-gateways.test.ts',
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
        tests: [...dispatch, 'packages/server/src/operations/device-access/modify-sag-admin-password.order.test.ts'],
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
    file: 'audit.ts',
    tests: [...dispatch, 'packages/server/src/platform/actiontrail/lookup-events.test.ts'],
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
    file: 'decode.ts',
    tests: decode,
    changes: [
      {
        name: 'parameter-given-twice',
        breaks: 'A parameter given twice has the value nobody checked.',
        find: 'if (known !== undefined && known !== value) throw',
        replace: 'if (known !== undefined && known === null) throw',
      },
      {
        name: 'one-parameter-more',
        breaks: 'A request has one parameter more than allowed.',
        find: 'into.size > limits.parameterCount',
        replace: 'into.size > limits.parameterCount + 1',
      },
      {
        name: 'query-without-bound',
        breaks: 'A query string longer than allowed is decoded.',
        find: "if (query.length > limits.querySize) throw gatewayError('RequestQueryTooLong')",
        replace: '',
        tests: [...decode, ...frontDoor],
      },
      {
        name: 'plus-is-plus',
        breaks: 'A space that was sent as + becomes a plus sign.',
        find: "raw.replaceAll('+', ' ')",
        replace: 'raw',
        tests: [...decode, 'test/vectors/vectors.test.ts'],
      },
      {
        name: 'invalid-utf8',
        breaks: 'Bytes that are no text become other characters than the client signed.',
        find: "if (!isUtf8(body)) throw gatewayError('InvalidParameter.Encoding')",
        replace: '',
      },
    ],
  },
  {
    file: 'json-body.ts',
    tests: [...decode, `${at}/fuzz.test.ts`],
    changes: [
      {
        name: 'rounded-number',
        breaks: 'A number that was rounded is taken for the one that was signed.',
        find: 'const rounded = typeof value ===',
        replace: "const rounded = value === '' && typeof value ===",
      },
      {
        name: 'empty-lists-cost-nothing',
        breaks: 'A body of empty lists costs any amount of work.',
        find: 'visited += 1\n',
        replace: 'if (typeof value !== "object") visited += 1\n',
      },
      {
        name: 'depth-without-bound',
        breaks: 'A deep body exhausts the stack.',
        find: 'depth > deepest || ',
        replace: '',
      },
    ],
  },
  {
    file: 'body.ts',
    tests: frontDoor,
    changes: [
      {
        name: 'one-byte-more',
        breaks: 'A body of just the allowed size is refused.',
        find: 'if (size <= limit)',
        replace: 'if (size < limit)',
      },
      {
        name: 'body-without-bound',
        breaks: 'A body of any size is kept in memory.',
        find: 'if (size <= limit) {',
        replace: 'if (size <= limit * 100) {',
      },
    ],
  },
  {
    file: 'front-door.ts',
    tests: frontDoor,
    changes: [
      {
        name: 'closing-goes-on',
        breaks: 'A server that is being stopped begins further calls.',
        find: "if (closing) return refuse(gatewayError('ServiceUnavailable'), request, reply, options)",
        replace: '',
        tests: [...frontDoor, 'packages/server/src/start.test.ts'],
      },
      {
        name: 'defect-as-client-fault',
        breaks: 'A fault of the server is answered as the client’s.',
        find: 'statusCode >= 400 && statusCode < 500',
        replace: 'statusCode >= 400',
      },
    ],
  },
  {
    file: 'client-error.ts',
    tests: frontDoor,
    changes: [
      {
        name: 'answers-overtake',
        breaks: 'The answer to a broken request overtakes that to the request before it.',
        find: 'await Promise.allSettled(open.filter(({ req }) => req.complete).map((response) => finished(response)))',
        replace: '',
      },
      {
        name: 'second-answer',
        breaks: 'A second answer is written into the first.',
        find: ' || answeredAlready) {',
        replace: ') {',
      },
    ],
  },
  {
    file: 'encode.ts',
    tests: [`${at}/encode.test.ts`],
    changes: [
      {
        name: 'unwritable-characters',
        breaks: 'An answer in XML cannot be read because of one character in it.',
        find: "text.replace(unwritable, '\\ufffd')",
        replace: 'text',
      },
      {
        name: 'host-with-port',
        breaks: 'HostId has a port, which clients do not expect.',
        find: 'HostId: called.host',
        replace: 'HostId: called.address',
        tests: [`${at}/encode.test.ts`, ...dispatch, ...frontDoor],
      },
    ],
  },
  {
    file: 'called.ts',
    tests: [...dispatch, ...frontDoor],
    changes: [
      {
        name: 'any-host',
        breaks: 'The link in an answer leads wherever the Host header says, in whatever form.',
        find: 'host !== undefined && form.test(host) ? host : fallback',
        replace: 'host ?? fallback',
      },
    ],
  },
])
