import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import pino from 'pino'
import { askOperator } from '../../packages/cli/src/operator-client.ts'
import type { Contents } from '../support/power-cut/history.ts'
import { rebuild, recordedSteps, recording } from '../support/power-cut/recorder.ts'
import { joined, type Step, saidBy } from '../support/power-cut/step.ts'
import { runOpensag } from '../support/process.ts'
import { type Credentials, readCredentials } from '../support/sandbox.ts'
import { purchase, send, signedBody } from '../support/signed-request.ts'

/** What somebody was told, and may rely on from then on. */
export type Fact =
  | { readonly is: 'key'; readonly id: string; readonly secret: string }
  | { readonly is: 'credentials file'; readonly id: string; readonly secret: string }
  | { readonly is: 'instance'; readonly id: string; readonly name: string }
  | { readonly is: 'activated'; readonly id: string }
  | { readonly is: 'device'; readonly serial: string; readonly enrolmentKey: string }
  | { readonly is: 'password'; readonly serial: string; readonly generation: number; readonly requestId: string }
  | { readonly is: 'nonce'; readonly keyId: string; readonly nonce: string }

/** A fact with the number of the first step that comes after somebody was told. */
export interface Told {
  readonly fact: Fact
  readonly from: number
}

/** All that a server did to its disk, and all that it told. */
export interface ServerRun {
  readonly steps: readonly Step[]
  readonly told: readonly Told[]
}

/** The data folder inside the watched one: its parent is missing too when the server first starts. */
export const dataFolder = 'made/data'

interface Recorder {
  readonly folder: string
  /** Somebody is told this with an answer that holds this text. */
  tell(text: string, fact: Fact): void
}

/**
 * Starts the built program on a folder, lets `work` use it, stops it as an operator does.
 * @param before what an earlier run left on the disk
 */
export async function recordServer(
  before: Contents,
  work: (key: Credentials, recorder: Recorder) => Promise<void>,
): Promise<ServerRun> {
  const place = mkdtempSync(join(tmpdir(), 'opensag-power-'))
  const watched = join(place, 'watched')
  const log = join(place, 'log')
  const facts: { readonly text: string; readonly fact: Fact }[] = []
  try {
    rebuild(watched, before)
    const folder = join(watched, dataFolder)
    const args = ['server', '--data', folder, '--port', '0', '--write-credentials', join(folder, 'credentials.json')]
    const server = runOpensag(args, {}, recording(log))
    try {
      const [, endpoint = ''] = await server.printed(/listens on (http:\S+)/)
      const key = { ...(await readCredentials(folder)), endpoint }
      const pair = { id: key.accessKeyId, secret: key.accessKeySecret }
      const written = 'First start. The key pair of account'
      if (server.output().includes(written)) {
        facts.push({ text: written, fact: { is: 'key', ...pair } })
        facts.push({ text: written, fact: { is: 'credentials file', ...pair } })
      }
      await work(key, { folder, tell: (text, fact) => void facts.push({ text, fact }) })
      await server.stop()
    } finally {
      await server.kill()
    }
    const steps = recordedSteps(log, watched)
    const told = facts.map(({ text, fact }) => {
      const from = saidBy(steps, text)
      if (from === undefined) throw new Error(`The recording does not show that anybody was told: ${fact.is}.`)
      return { fact, from }
    })
    return { steps, told }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Two runs on one folder, the second after the first was killed at a step, or had ended. */
export function afterAnother(first: ServerRun, second: ServerRun): ServerRun {
  return {
    steps: joined(first.steps, second.steps),
    told: [...first.told, ...second.told.map(({ fact, from }) => ({ fact, from: from + first.steps.length }))],
  }
}

export function untilStep({ steps, told }: ServerRun, at: number): ServerRun {
  return { steps: steps.slice(0, at), told: told.filter(({ from }) => from <= at) }
}

async function call(
  key: Credentials,
  recorder: Recorder,
  action: string,
  params: Readonly<Record<string, string>>,
  factOf: (body: Readonly<Record<string, unknown>>) => Fact,
): Promise<Readonly<Record<string, unknown>>> {
  const request = signedBody(key, action, params)
  const { status, body } = await send(key.endpoint, request)
  if (status !== 200) throw new Error(`${action}: ${body['Code']}: ${body['Message']}`)
  const answer = String(body['RequestId'])
  recorder.tell(answer, factOf(body))
  const nonce = new URLSearchParams(request).get('SignatureNonce') ?? ''
  recorder.tell(answer, { is: 'nonce', keyId: key.accessKeyId, nonce })
  return body
}

export async function createInstance(key: Credentials, recorder: Recorder, name: string): Promise<string> {
  const created = await call(key, recorder, 'CreateSmartAccessGateway', { ...purchase, Name: name }, (body) => ({
    is: 'instance',
    id: String(body['SmartAGId']),
    name,
  }))
  return String(created['SmartAGId'])
}

export async function activate(key: Credentials, recorder: Recorder, id: string): Promise<void> {
  await call(key, recorder, 'ActivateSmartAccessGateway', { SmartAGId: id }, () => ({ is: 'activated', id }))
}

/** Enrols a real gateway program and gives it administrator passwords, one after the other. */
export async function changePasswords(
  key: Credentials,
  recorder: Recorder,
  { serial, changes }: { readonly serial: string; readonly changes: number },
): Promise<void> {
  const given = { serial, model: 'sag-1000', version: '2.3.1.1' }
  const added = (await askOperator(recorder.folder, 'device add', given)) as { readonly enrolmentKey: string }
  const { enrolmentKey } = added
  recorder.tell(enrolmentKey, { is: 'device', serial, enrolmentKey })
  const id = await createInstance(key, recorder, `branch-${serial}`)
  await call(key, recorder, 'BindSerialNumber', { SmartAGId: id, SerialNumber: serial }, () => ({
    is: 'device',
    serial,
    enrolmentKey,
  }))
  await activate(key, recorder, id)
  const fleet = await startSimulatedFleet({
    gateways: [{ ...given, enrolmentKey: Secret.of(enrolmentKey) }],
    serverUrl: `${key.endpoint.replace('http', 'ws')}/channel`,
    consoles: false,
    logger: pino({ level: 'silent' }),
  })
  try {
    await fleet.allOnline()
    for (let generation = 1; generation <= changes; generation++) {
      const Password = `Changed_${generation}`
      const params = { SmartAGId: id, SmartAGSn: serial, Password }
      await call(key, recorder, 'ModifySAGAdminPassword', params, ({ RequestId }) => ({
        is: 'password',
        serial,
        generation,
        requestId: String(RequestId),
      }))
    }
  } finally {
    await fleet.close()
  }
}
