import { cp, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opensag, type Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { operatorOf } from '../support/sandbox.ts'
import { limit, until } from '../support/time.ts'

// Gateways enrol anew with real programs and real disks, and the old identity of one is in a thief's hands.

const serials = ['saganew00001', 'saganew00002'] as const
type Serial = (typeof serials)[number]

const { run, newFolder } = programsOfEachTest()

test(
  'keys for many gateways go to a file of their owner alone, and each ends the identity from before',
  async () => {
    const site = await newFolder('reenrolment')
    const data = join(site, 'server')
    const server = run(['server', '--data', data, '--port', '0'])
    const [, url = ''] = await server.printed(/listens on (http:\S+)/)
    const { operator, device } = operatorOf(data)
    const startAgent = (serial: Serial, at: string, keyFile: string): Running =>
      run([
        ...['agent', '--server', url.replace('http', 'ws'), '--serial', serial, '--data', at, '--log-level', 'info'],
        ...['--enrolment-key-file', keyFile],
      ])
    const keyFile = async (serial: Serial, name: string, key: string): Promise<string> => {
      const path = join(site, `${serial}.${name}`)
      await writeFile(path, `${key}\n`, { mode: 0o600 })
      return path
    }
    const agents: Running[] = []
    for (const serial of serials) {
      const added = await operator<{ enrolmentKey: string }>('device', 'add', '--serial', serial, '--model', 'sag-1000')
      agents.push(startAgent(serial, join(site, serial), await keyFile(serial, 'first', added.enrolmentKey)))
    }
    for (const serial of serials) await device(serial)
    for (const agent of agents) await agent.kill()
    const stolen = join(site, 'stolen')
    await cp(join(site, serials[0]), stolen, { recursive: true, filter: (path) => !path.endsWith('.sock') })

    const to = join(site, 'keys.jsonl')
    const offer = ['operator', 'reenrolment', 'offer', '--all', '--data', data, '--to']
    const offered = await opensag([...offer, to])
    expect(offered).toMatchObject({ code: 0, output: '' })
    expect((await stat(to)).mode & 0o777).toBe(0o600)
    expect(await opensag([...offer, to])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is there already'),
    })
    const text = await readFile(to, 'utf8')
    expect(await opensag([...offer, `${to}.again`])).toMatchObject({ code: 0 })
    expect(await readFile(`${to}.again`, 'utf8')).toBe(text)
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly serial: Serial; readonly enrolmentKey: string })
    expect(lines.map(({ serial }) => serial)).toEqual(serials)
    const audit = await opensag(['operator', 'audit', 'export', '--data', data])
    expect(audit.output).toContain('"action":"reenrolment offer"')
    for (const { enrolmentKey } of lines) expect(audit.output + server.output()).not.toContain(enrolmentKey)

    for (const { serial, enrolmentKey } of lines) {
      const path = await keyFile(serial, 'next', enrolmentKey)
      // Killed as soon as it has enrolled: what it decided is completed by the next start.
      const first = startAgent(serial, join(site, serial), path)
      await first.printed(/Enrolled anew/)
      await first.kill()
      startAgent(serial, join(site, serial), path)
    }
    for (const serial of serials) await device(serial)
    expect(await operator('reenrolment', 'show')).toEqual({ pending: 0, expired: 0, done: 2, notDone: [] })

    const first = join(site, `${serials[0]}.first`)
    const thief = startAgent(serials[0], stolen, first)
    await until('the thief is refused', async () => thief.output().includes('NotAdmitted') || undefined, limit(60_000))
    expect(await device(serials[0], () => true)).toMatchObject({ online: true })
  },
  limit(600_000),
)
