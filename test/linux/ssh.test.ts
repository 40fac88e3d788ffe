import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Box, startBox, whatBoxesNeed } from './box.ts'
import { type SshServer, startSshServer } from './ssh.ts'

const lack = whatBoxesNeed()

describe.skipIf(lack !== undefined)(`a Linux gateway and its sshd${lack ? ` (${lack})` : ''}`, () => {
  let box: Box
  let ssh: SshServer
  let gateway: ChildProcess
  let answers: Interface
  let url: string

  beforeAll(async () => {
    box = await startBox()
    await box.run(['useradd', '-m', '-s', '/bin/sh', 'admin'])
    ssh = await startSshServer(box)
    gateway = box.start([process.execPath, join(import.meta.dirname, 'run-gateway.mjs'), box.address])
    gateway.stderr?.pipe(process.stderr)
    if (!gateway.stdout) throw new Error('The gateway has no output.')
    answers = createInterface({ input: gateway.stdout })
    url = await nextAnswer()
  })

  afterAll(() => box?.stop())

  async function nextAnswer(): Promise<string> {
    const [line] = (await once(answers, 'line')) as [string]
    return line
  }

  async function order(what: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = nextAnswer()
    gateway.stdin?.write(`${JSON.stringify(what)}\n`)
    expect(await answer).toBe('done')
  }

  async function atConsole(path: '/setup' | '/login', password: string): Promise<number> {
    const body = new URLSearchParams({ username: 'admin', password })
    return (await fetch(`${url}${path}`, { method: 'POST', body, redirect: 'manual' })).status
  }

  const opens = (password: string): Promise<boolean> => ssh.accepts('admin', password)

  test('before the first visit no password opens it, after it the one that was set', async () => {
    expect(url).toBe(`http://${box.address}:8080`)
    expect(await opens('First_pass1')).toBe(false)
    expect(await atConsole('/setup', 'First_pass1')).toBe(303)
    expect(await opens('First_pass1')).toBe(true)
  })

  test('after a change the old password is refused and the new one accepted, over ssh and at the console', async () => {
    expect(await opens('Second_pass2')).toBe(false)
    await order({ set: 'Second_pass2' })
    expect(await opens('First_pass1')).toBe(false)
    expect(await opens('Second_pass2')).toBe(true)
    expect(await atConsole('/login', 'First_pass1')).toBe(401)
    expect(await atConsole('/login', 'Second_pass2')).toBe(303)
  })

  test('a password set with the tools of the system counts, though the console cannot check it', async () => {
    const set = await box.run(['chpasswd', '-c', 'YESCRYPT'], { stdin: 'admin:Third_pass3\n' })
    expect(set).toMatchObject({ status: 0 })
    expect(await opens('Third_pass3')).toBe(true)
    expect(await atConsole('/login', 'Third_pass3')).toBe(503)
    await order({ set: 'Fourth_pass4' })
    expect(await opens('Third_pass3')).toBe(false)
    expect(await atConsole('/login', 'Fourth_pass4')).toBe(303)
  })

  test('after the reset button no password opens it, until the next visit sets one', async () => {
    await order({ reset: true })
    expect(await opens('Fourth_pass4')).toBe(false)
    expect(await atConsole('/setup', 'Fifth_pass5')).toBe(303)
    expect(await opens('Fifth_pass5')).toBe(true)
  })

  test('the account of the host is not touched', async () => {
    const outside = readFileSync('/etc/passwd', 'utf8')
    expect(outside).not.toMatch(/^admin:/m)
  })
})
