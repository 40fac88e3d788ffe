import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logOn } from '../support/local-console.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { type Credentials, operatorOf, readCredentials } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

// A server that is told to stop while it is called: what it has taken it does, what it has not taken it has not done.

const { run, newFolder } = programsOfEachTest()
const serials = ['sagdrain0001', 'sagdrain0002', 'sagdrain0003']

interface Caller {
  /** What the last success set. */
  kept: string
  successes: number
  readonly failures: string[]
}

/** Calls until the server takes no more, one call after the other. */
async function callUntilRefused(key: Credentials, bodyOf: (value: string) => string, caller: Caller): Promise<void> {
  for (let count = 1; ; count++) {
    const value = `Drained_${count}`
    const answer = await send(key.endpoint, bodyOf(value)).catch(() => undefined)
    // Nobody listens any more, or the connection was closed before the call was read.
    if (answer === undefined) return
    if (answer.status === 503 && answer.body['Code'] === 'ServiceUnavailable') return
    if (answer.status !== 200) return void caller.failures.push(JSON.stringify(answer.body))
    caller.kept = value
    caller.successes++
  }
}

test(
  'no call fails that a stopping server has taken, and none is done that it has not taken',
  async () => {
    const folder = await newFolder('drain')
    const data = join(folder, 'server')
    const args = ['--data', data, '--write-credentials', join(data, 'credentials.json')]
    const server = run(['server', ...args, '--port', '0'])
    const [, endpoint = ''] = await server.printed(/listens on (http:\S+)/)
    const key = { ...(await readCredentials(data)), endpoint }
    const { operator, device } = operatorOf(data)

    const gateways: { serial: string; instanceId: string; enrolmentKey: string }[] = []
    for (const serial of serials) {
      const name = ['--name', serial, '--model', 'sag-1000', '--cidr', `10.${gateways.length}.0.0/24`]
      gateways.push(await operator('gateway', 'add', ...name, '--serial', serial))
    }
    const list = join(folder, 'gateways')
    const lineOf = ({ serial, enrolmentKey }: { serial: string; enrolmentKey: string }): string =>
      JSON.stringify({ serial, model: 'sag-1000', version: '2.3.1.1', enrolmentKey })
    await writeFile(list, gateways.map(lineOf).join('\n'), { mode: 0o600 })
    const url = `${endpoint.replace('http', 'ws')}/channel`
    run(['simulate', '--server', url, '--gateways', list, '--consoles'])
    const consoles = await Promise.all(serials.map(async (serial) => (await device(serial)).localConsole ?? ''))

    const callers: Caller[] = []
    const begin = (bodyOf: (value: string) => string): Promise<void> => {
      const caller = { kept: '', successes: 0, failures: [] }
      callers.push(caller)
      return callUntilRefused(key, bodyOf, caller)
    }
    const working = gateways.flatMap(({ serial, instanceId: SmartAGId }) => [
      begin((Password) => signedBody(key, 'ModifySAGAdminPassword', { SmartAGId, SmartAGSn: serial, Password })),
      begin((Name) => signedBody(key, 'ModifySmartAccessGateway', { SmartAGId, Name })),
    ])
    // Each is in the middle of what it does, however fast the machine is.
    await until('all have called', () => callers.every(({ successes }) => successes >= 3))
    expect(await server.stop()).toBe(0)
    await Promise.all(working)
    expect(callers.flatMap(({ failures }) => failures)).toEqual([])

    for (const [index, consoleUrl] of consoles.entries()) {
      expect(await logOn(consoleUrl, callers[2 * index]?.kept ?? '')).toBe(303)
    }
    const again = run(['server', '--data', data, '--port', '0'])
    const [, back = ''] = await again.printed(/listens on (http:\S+)/)
    const { body } = await send(back, signedBody(key, 'DescribeSmartAccessGateways', {}))
    const found = body['SmartAccessGateways'] as { readonly SmartAccessGateway: readonly Record<string, unknown>[] }
    const names = gateways.map(
      ({ instanceId }) => found.SmartAccessGateway.find(({ SmartAGId }) => SmartAGId === instanceId)?.['Name'],
    )
    expect(names).toEqual([callers[1]?.kept, callers[3]?.kept, callers[5]?.kept])
  },
  limit(180_000),
)
