import type { MutatedFile } from '../mutant.ts'
import { accessTests } from './tests.ts'

const at = 'packages/server/src/rpc'
const authenticate = [`${at}/authenticate.test.ts`, `${at}/signatures.test.ts`]

export const rpcSignatures: readonly MutatedFile[] = [
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
        find: "if (!isTimely(timestamp, { now, isFenced })) throw gatewayError('InvalidTimeStamp.Expired')",
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
        name: 'fence-ignored',
        breaks: 'What was signed before a restore is accepted after it.',
        find: '&& !isFenced(timestamp)',
        replace: '',
      },
      {
        name: 'nonce-forgotten-early',
        breaks: 'The nonce of a request with a fast clock is forgotten while the request is still accepted.',
        find: 'timestamp + nonceLifeMs',
        replace: 'timestamp + tolerance - 1',
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
]
