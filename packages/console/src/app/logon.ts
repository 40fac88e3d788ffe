import { type Answer, ApiError, callApi, type ResultOf, type SigningKey, Unreachable } from '@opensag/smartag-client'
import type { KeyAnswer, KeyRequest } from '../security-key/answer.ts'
import type { NewKeyRequest } from '../security-key/register.ts'
import { server } from './server.svelte.ts'
import { context, type LogonBy, type Session } from './session.svelte.ts'

/** What a console session is opened with, whether by key or by password. */
type Credentials = Required<NonNullable<ResultOf<'CreateConsoleSession'>['Credentials']>>

/** Signs one call with the pair, and from then on uses the temporary key of the session it opens. */
export async function logOnWithKey(pair: SigningKey): Promise<Session> {
  await askServer()
  const opened = await callApi<ResultOf<'CreateConsoleSession'>>(context, pair, {
    product: 'OpenSAG',
    action: 'CreateConsoleSession',
    params: {},
  })
  return sessionWith(keyOf(opened.Credentials as Credentials), { way: 'key', name: pair.accessKeyId })
}

/**
 * Logs a RAM user on by name, password and, where the user has a second factor, its code; puts a new password in the place
 * of the old one where one is given.
 * @throws FactorNeeded, FactorMissing; ApiError `WrongPassword` (401), `Throttled` (429), `PasswordResetRequired` (403); Unreachable.
 */
export async function logOnWithPassword(given: PasswordLogon): Promise<Session> {
  await askServer()
  return sessionIn(await postLogon('/console/logon', given), { way: 'password', name: given.user })
}

/** The session that an answer with temporary keys opens. */
export function sessionIn(answer: Answer, by?: LogonBy): Promise<Session> {
  return sessionWith(keyOf(answer['Credentials'] as Credentials), by)
}

/**
 * @param credentials whether cookies go with it
 * @throws ApiError, Unreachable
 */
export async function postLogon(
  path: string,
  body: object,
  credentials: 'omit' | 'same-origin' = 'omit',
): Promise<Answer> {
  const { status, json } = await post(path, body, credentials)
  if (status === 200) return json
  const code = status === 401 ? 'WrongPassword' : status === 429 ? 'Throttled' : String(json['Code'] ?? status)
  const message = String(json['Message'] ?? '')
  const refusal = { status, code, message, requestId: String(json['RequestId'] ?? ''), operation: 'logon' }
  if (code === 'SecondFactorRequired') throw new FactorNeeded(refusal, json)
  throw code === 'SecondFactorNotBound' ? new FactorMissing(refusal, json) : new ApiError(refusal)
}

/** The password was right, and either of these second factors is needed. */
export class FactorNeeded extends ApiError {
  readonly hasCodes: boolean
  /** What a security key has to sign; undefined where the user has none for this page. */
  readonly key: KeyRequest | undefined

  constructor(refusal: ConstructorParameters<typeof ApiError>[0], { Factors, SecurityKey }: Answer) {
    super(refusal)
    this.hasCodes = (Factors as readonly string[]).includes('Code')
    this.key = SecurityKey as KeyRequest | undefined
  }
}

/** The password was right; the user must have a second factor, has none, and can bind either of these now. */
export class FactorMissing extends ApiError {
  readonly newKey: NewKeyRequest | undefined
  readonly newCodes: NewCodes | undefined

  constructor(refusal: ConstructorParameters<typeof ApiError>[0], { NewSecurityKey, NewCodes }: Answer) {
    super(refusal)
    this.newKey = NewSecurityKey as NewKeyRequest | undefined
    this.newCodes = NewCodes as NewCodes | undefined
  }
}

/** What an authenticator takes; the ticket goes back with its codes. */
interface NewCodes {
  readonly Ticket: string
  readonly Base32StringSeed: string
  readonly QRCodePNG: string
}

/** A factor in the hands of whoever logs on: of the two that there may be, or the first, which is bound with the logon. */
export interface FactorProof {
  readonly securityKey?: KeyAnswer
  readonly newSecurityKey?: {
    readonly name: string
    readonly clientDataJSON: string
    readonly attestationObject: string
    readonly transports: readonly string[]
  }
  readonly newCodes?: { readonly ticket: string; readonly codes: readonly [string, string] }
}

/** What a RAM user logs on with. */
export interface PasswordLogon extends FactorProof {
  readonly user: string
  readonly password: string
  readonly newPassword: string | undefined
  /** Six digits of the second factor. */
  readonly code: string | undefined
}

export async function askServer(): Promise<void> {
  try {
    await server.ask()
  } catch (cause) {
    throw new Unreachable('The server did not answer.', { cause })
  }
}

async function post(
  path: string,
  body: object,
  credentials: 'omit' | 'same-origin',
): Promise<{ readonly status: number; readonly json: Answer }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials,
    })
    return { status: response.status, json: (await response.json()) as Answer }
  } catch (cause) {
    throw new Unreachable('The server did not answer.', { cause })
  }
}

function keyOf({ AccessKeyId, AccessKeySecret, SecurityToken }: Credentials): SigningKey {
  return { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken }
}

async function sessionWith(key: SigningKey, by?: LogonBy): Promise<Session> {
  const who = await callApi<ResultOf<'GetCallerIdentity'>>(context, key, {
    product: 'Sts',
    action: 'GetCallerIdentity',
    params: {},
  })
  return { key, accountId: who.AccountId ?? '', arn: who.Arn ?? '', by }
}
