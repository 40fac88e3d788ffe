import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceOf } from '../support/api.ts'
import { logOn } from '../support/local-console.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const passwords = {
  sagdemo1000a: 'Never_seen_active_1',
  sagdemo1000b: 'Never_seen_standby_2',
  sagdemo100wm: 'Never_seen_lone_3',
}

describe('the passwords of a job, in a server that is killed', () => {
  let sandbox: Sandbox
  let instances: readonly string[]
  let printed = ''

  beforeAll(async () => {
    sandbox = await startSandbox()
    await Promise.all(Object.keys(passwords).map((serial) => sandbox.device(serial)))
    instances = await Promise.all(['sagdemo1000a', 'sagdemo100wm'].map((serial) => instanceOf(sandbox, serial)))
  })
  afterAll(() => sandbox?.remove())

  async function call(action: string, params: Readonly<Record<string, string>>) {
    const { body } = await send(sandbox.endpoint, signedBody(sandbox, action, params, '2026-12-01'))
    return body as Readonly<Record<string, unknown>>
  }

  function create(more: Readonly<Record<string, string>> = {}) {
    const Passwords = Object.entries(passwords)
      .map((pair) => pair.join(':'))
      .join()
    return call('CreateJob', {
      Kind: 'RotatePasswords',
      SmartAGIds: instances.join(),
      FirstWave: '2',
      Passwords,
      ...more,
    })
  }

  /** Everything the server has written, as bytes. */
  function written(): Buffer {
    const files = readdirSync(sandbox.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))))
  }

  function expectNowhere(): void {
    printed += sandbox.running.output()
    const all = Buffer.concat([written(), Buffer.from(printed)])
    for (const password of Object.values(passwords)) expect(all.includes(password)).toBe(false)
  }

  test('are in no file and no log while they wait, are used after the restart, and are in force', async () => {
    const soon = new Date(Date.now() + 24 * 60 * 60_000).toISOString().replace(/\.\d+Z/, 'Z')
    const { JobId = '' } = (await create({ StartAt: soon })) as { readonly JobId?: string }
    expect(await call('DescribeJob', { JobId })).toMatchObject({
      State: 'Waiting',
      Total: 3,
      Waves: [{ ToDo: 2 }, { ToDo: 1 }],
    })
    expectNowhere()
    await sandbox.running.kill()
    printed += sandbox.running.output()
    sandbox = await startSandbox(sandbox.data)
    await Promise.all(Object.keys(passwords).map((serial) => sandbox.device(serial)))
    await sandbox.operator('clock', 'advance', '--days', '2')
    const done = await until(
      'the job has ended',
      async () => {
        const job = await call('DescribeJob', { JobId })
        return job['EndTime'] === undefined ? undefined : job
      },
      limit(60_000),
    )
    expect(done).toMatchObject({ State: 'Done', Done: 3 })
    for (const [serial, password] of Object.entries(passwords)) {
      const { localConsole } = await sandbox.device(serial)
      expect([serial, await logOn(localConsole ?? '', password)]).toEqual([serial, 303])
    }
    const trail = await call('SearchAuditEvents', {})
    expect(JSON.stringify(trail)).toContain('ModifySAGAdminPassword')
    for (const password of Object.values(passwords)) expect(JSON.stringify(trail)).not.toContain(password)
    expectNowhere()
  })
})
