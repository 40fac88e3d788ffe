import type { ParityCall } from '@opensag/smartag-client'
import { CommandFailure, UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { openAppendFile } from '../rotate/append-file.ts'
import { say } from '../say.ts'
import { callsIn, type ListedCall, placeholdersIn } from './call-list.ts'
import { type ConsentOptions, consentTo } from './consent.ts'
import { isSecretParam, versionOf, writes } from './operations.ts'
import { type Played, variablesOf } from './play.ts'
import { lineOf } from './recording.ts'
import { tooPrivate } from './redact.ts'
import { createRun, type RunOptions } from './run.ts'
import { type Service, type ServiceOptions, serviceOf } from './service.ts'

export interface RecordOptions extends ServiceOptions, RunOptions, ConsentOptions {
  readonly out: string
}

/** Every call is refused with one of these when the key pair is not that of the service. */
const wrongKey =
  /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|IncompleteSignature|Forbidden\.AccessKey)/

/** Makes the calls of a list at a service, and appends what it answers to a file, each answer as soon as it is there. */
export async function record(path: string, options: RecordOptions, version: string): Promise<void> {
  const calls = callsIn(await namedFile(path), path)
  for (const [index, call] of calls.entries()) checkPrivacy(call, say('{path}, call {n}', { path, n: index + 1 }))
  const missing = variablesOf(calls).filter((name) => process.env[name] === undefined)
  if (missing.length > 0)
    throw new UsageError(
      say('{path} needs these variables of the environment: {names}.', { path, names: missing.join(', ') }),
    )
  const service = await serviceOf(options)
  for (const { action } of calls) service.endpointOf(action)
  const where = say('{place}, region {regionId}', { place: placeOf(service, options), regionId: service.regionId })
  await consentTo(calls, where, options)
  const run = createRun(calls, service, options)
  const file = await newFile(options.out)
  let made = 0
  try {
    const header = { recorded: new Date().toISOString().slice(0, 10), opensag: version, regionId: service.regionId }
    await file.append(
      lineOf({ parity: 1, ...header, service: service.isPublic ? 'public' : 'other', calls: calls.length }),
    )
    for (const [index, call] of calls.entries()) {
      if (run.isStopped) break
      const played = await run.play(call)
      if (played.is === 'answered' && wrongKey.test(String(played.body['Code']))) {
        throw new CommandFailure(
          say('The service does not accept the key pair: {code}. {made} calls are in {path}.', {
            code: String(played.body['Code']),
            made,
            path: options.out,
          }),
        )
      }
      await file.append(lineOf(recorded(index + 1, call, played, run.body)))
      made += 1
      console.error(`${index + 1}/${calls.length} ${call.action} ${shown(played)}`)
    }
    if (made === calls.length) await file.append(lineOf({ end: true }))
  } finally {
    run.end()
    await file.close()
  }
  console.error(
    say('Recorded {made} of {of} calls in {path}. Read the file before you hand it on.', {
      made,
      of: calls.length,
      path: options.out,
    }),
  )
  if (made < calls.length) throw new CommandFailure(say('The recording is not complete. It can be compared as it is.'))
}

function placeOf({ isPublic }: Service, { endpoint }: RecordOptions): string {
  if (isPublic) return say('the account of this key pair at Alibaba Cloud')
  return endpoint ?? say('the endpoint')
}

function recorded(
  call: number,
  { action, params, keep }: ListedCall,
  played: Played,
  redacted: (body: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): ParityCall {
  const head = { call, action, version: versionOf(action), params }
  const kept = Object.keys(keep).length === 0 ? {} : { keep }
  const answer =
    played.is === 'answered' ? { answer: { status: played.status, body: redacted(played.body) } } : { why: played.why }
  return { ...head, ...kept, writes: writes(action), ...answer }
}

function shown(played: Played): string {
  if (played.is === 'not-answered') return say('not answered: {why}', { why: played.why })
  return played.status < 400 ? String(played.status) : `${played.status} ${String(played.body['Code'] ?? '')}`
}

/** The list becomes part of the recording. */
function checkPrivacy({ action, params }: ListedCall, where: string): void {
  for (const [name, value] of Object.entries(params)) {
    const isGiven = placeholdersIn(value).length > 0
    const what = isSecretParam(action, name) && value !== '' && !isGiven ? say('a secret') : tooPrivate(name, value)
    if (what === undefined) continue
    throw new UsageError(
      say(
        '{where}: the value of {name} looks like {what} and would be part of the recording. Write {name}={variable} and set the variable NAME.',
        { where, name, what, variable: '{env:NAME}' },
      ),
    )
  }
}

async function newFile(path: string): Promise<Awaited<ReturnType<typeof openAppendFile>>> {
  try {
    return await openAppendFile(path, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new UsageError(say('{path} exists already. Name another file with --out.', { path }))
  }
}
