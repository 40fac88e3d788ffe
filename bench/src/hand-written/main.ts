// The yardstick: what OpenSAG does for a signed call, written by hand, for two operations and nothing else.
//
// It gives the same guarantees: signature V1 over the decoded parameters, a time window, a nonce that outlives a crash,
// the policies of a RAM user, rules for the parameters, an entry in the audit trail that says what was asked and what
// changed, and one commit, flushed to disk, for all who wait before any of them is answered. It has the same rows of
// the same tables (`seed.ts` copies them) under the same settings of SQLite, and sends the same answers.
//
// It leaves out what a server of two operations and one user does not need: other operations, formats, signatures and
// callers, pages for errors, fair pacing of callers, seals over the trail, and any structure.
import { createHmac, createSecretKey, hash, randomUUID, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Seed } from '../seed.ts'
import { openDatabase } from './database.ts'
import { createOperations, detailsOf, type Outcome, type Params, Refusal, required } from './operations.ts'

/** A call that was accepted and waits for its turn in the transaction. */
interface Call {
  readonly response: ServerResponse
  readonly requestId: string
  readonly params: Params
  readonly at: number
  readonly source: string
  readonly nonce: string
  readonly nonceExpiresAt: number
}

const windowMs = 15 * 60_000
const nonceLifeMs = 45 * 60_000
const largestBody = 1024 * 1024
const mostNonces = 5_000_000

const seed = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Seed
const { accountId, userId, userName, accessKeyId } = seed.user
const secret = createSecretKey(Buffer.from(`${seed.user.accessKeySecret}&`))
const principal = `acs:ram::${accountId}:user/${userName}`
const policies = seed.policy.Statement.map(({ Effect, Action, Resource }) => ({
  allows: Effect === 'Allow',
  action: patternOf(Action),
  resource: patternOf(Resource),
}))

const db = openDatabase(seed.database)
const operations = createOperations(db, accountId)
const insertNonce = db.prepare('insert into nonce (hash, expires_at) values (?, ?)')
const insertAudit = db.prepare(`insert into audit_event (at, account_id, principal, principal_id, access_key_id, source,
  product, action, level, region_id, resources, outcome, request_id, details) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const forgetNonces = db.prepare(
  'delete from nonce where id in (select id from nonce order by id limit 1000) and expires_at < ?',
)

// ── Receive: read the body, decode it once, check who signed it and when ────────────────────────────────────────────

function receive(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  })
  request.on('end', () => {
    const requestId = randomUUID().toUpperCase()
    try {
      if (size > largestBody) throw new Refusal(413, 'RequestBodyTooLarge', 'The request body is too large.')
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
      const params = decode(body.toString('utf8'))
      const at = Date.now()
      const { nonce, nonceExpiresAt } = authenticate(params, request.method ?? '', at)
      if (burn(nonce, nonceExpiresAt)) {
        enqueue({ response, requestId, params, at, source: request.socket.remoteAddress ?? '', nonce, nonceExpiresAt })
      } else throw new Refusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.')
    } catch (error) {
      answer(response, requestId, refused(error))
    }
  })
}

function decode(text: string): Params {
  const params = new Map<string, string>()
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const name = decoded(pair.slice(0, equals))
    if (params.has(name)) throw new Refusal(400, 'InvalidParameter.Duplicate', 'A parameter occurs twice.')
    params.set(name, decoded(pair.slice(equals + 1)))
  }
  return params
}

function decoded(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Refusal(400, 'InvalidParameter.Encoding', 'A parameter is not encoded as it must be.')
  }
}

function authenticate(params: Params, method: string, now: number): { nonce: string; nonceExpiresAt: number } {
  if (params.get('Version') !== '2018-03-13') throw new Refusal(404, 'InvalidVersion', 'The version is unknown.')
  if (required(params, 'AccessKeyId') !== accessKeyId) {
    throw new Refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
  }
  const signature = required(params, 'Signature')
  const nonce = required(params, 'SignatureNonce')
  const timestamp = required(params, 'Timestamp')
  const signedAt = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp) ? Date.parse(timestamp) : Number.NaN
  if (!(Math.abs(now - signedAt) <= windowMs)) {
    throw new Refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.')
  }
  if (params.get('SignatureMethod') !== 'HMAC-SHA1' || params.get('SignatureVersion') !== '1.0') {
    throw new Refusal(400, 'InvalidSignatureMethod', 'Specified signature method is not valid.')
  }
  const expected = createHmac('sha1', secret).update(stringToSign(method, params)).digest()
  const given = Buffer.from(signature, 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Refusal(400, 'SignatureDoesNotMatch', 'Specified signature does not match our calculation.')
  }
  const key = hash('sha256', `${accessKeyId}\0${nonce}`, 'base64url').slice(0, 22)
  return { nonce: key, nonceExpiresAt: signedAt + nonceLifeMs }
}

function stringToSign(method: string, params: Params): string {
  let canonical = ''
  for (const name of [...params.keys()].sort()) {
    if (name !== 'Signature') canonical += `%26${encodedTwice(name)}%3D${encodedTwice(params.get(name) ?? '')}`
  }
  return `${method}&%2F&${canonical.slice(3)}`
}

function encodedTwice(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text
  const once = encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return once.replaceAll('%', '%25')
}

// ── Nonces: those of the window in memory, by the minute in which they expire; each is written with its call ────────

const nonces = new Map<number, Set<string>>()
let nonceCount = 0

/** Whether it was never used. */
function burn(nonce: string, expiresAt: number): boolean {
  for (const minute of nonces.values()) if (minute.has(nonce)) return false
  if (nonceCount >= mostNonces) throw new Refusal(400, 'Throttling', 'Request was denied due to flow control.')
  const minute = Math.floor(expiresAt / 60_000)
  const known = nonces.get(minute)
  if (known === undefined) nonces.set(minute, new Set([nonce]))
  else known.add(nonce)
  nonceCount++
  return true
}

// What was used before a crash is known after it.
for (const [nonce, expiresAt] of db.prepare('select hash, expires_at from nonce').all()) {
  burn(String(nonce), Number(expiresAt))
}

function forget(): void {
  const now = Date.now()
  for (const [minute, { size }] of nonces) {
    if ((minute + 1) * 60_000 > now) continue
    nonces.delete(minute)
    nonceCount -= size
  }
  forgetNonces.run(now)
}

// ── Group commit: whoever called while the last commit was flushed shares the next one ──────────────────────────────

let waiting: Call[] = []

function enqueue(call: Call): void {
  if (waiting.push(call) === 1) setImmediate(commit)
}

function commit(): void {
  const calls = waiting
  waiting = []
  const outcomes: Outcome[] = []
  try {
    db.exec('begin immediate')
    for (const call of calls) outcomes.push(perform(call))
    db.exec('commit')
  } catch {
    if (db.inTransaction()) db.exec('rollback')
    outcomes.length = 0
  }
  // Not before the commit: a refusal too may rest on what another call of the group has written.
  calls.forEach(({ response, requestId }, index) => {
    answer(response, requestId, outcomes[index] ?? unavailable)
  })
}

const unavailable = refused(new Refusal(500, 'InternalError', 'An error occurred while processing your request.'))

/** Every check of an operation comes before its one statement that writes: a refusal has nothing to take back. */
function perform(call: Call): Outcome {
  const { params, at } = call
  const action = params.get('Action') ?? ''
  const resource = `acs:smartag:${params.get('RegionId') || '*'}:${accountId}:smartag/${params.get('SmartAGId') ?? ''}`
  const level = action === 'ModifySmartAccessGateway' ? 'Write' : 'Read'
  let outcome: Outcome
  try {
    const run = operations.get(action)
    if (run === undefined) throw new Refusal(404, 'InvalidAction.NotFound', 'Specified api is not found.')
    if (!isAllowed(`smartag:${action}`, resource)) {
      throw new Refusal(403, 'Forbidden', 'User not authorized to operate on the specified resource.')
    }
    outcome = run(params, at, resource)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    outcome = { ...refused(error), ...(level === 'Write' ? { details: detailsOf(params, [], []) } : {}) }
  }
  insertNonce.run(call.nonce, call.nonceExpiresAt)
  const region = params.get('RegionId') ?? null
  const { code = null, details = null } = outcome
  insertAudit.run(
    ...[at, accountId, principal, userId, accessKeyId, call.source, 'Smartag', action, level, region, resource],
    ...[code, call.requestId, details],
  )
  return outcome
}

/** An explicit denial wins, otherwise something must allow it. */
function isAllowed(action: string, resource: string): boolean {
  let allowed = false
  for (const statement of policies) {
    if (!statement.action.test(action) || !statement.resource.test(resource)) continue
    if (!statement.allows) return false
    allowed = true
  }
  return allowed
}

function patternOf(patterns: readonly string[]): RegExp {
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  )
  return new RegExp(`^(?:${sources.join('|')})$`, 'i')
}

// ── Answer ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function refused(error: unknown): Outcome {
  if (!(error instanceof Refusal)) return unavailable
  const { status, code, message } = error
  return { status, code, body: { Code: code, Message: message } }
}

function answer(response: ServerResponse, requestId: string, { status, body }: Outcome): void {
  const payload = JSON.stringify({ ...body, RequestId: requestId })
  response.writeHead(status, {
    'content-type': 'application/json;charset=utf-8',
    'x-acs-request-id': requestId,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': '*',
    vary: 'Accept-Encoding',
    'content-length': Buffer.byteLength(payload),
  })
  response.end(payload)
}

setInterval(forget, 60_000).unref()
const server = createServer(receive)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`listens on http://127.0.0.1:${address?.port}`)
})
