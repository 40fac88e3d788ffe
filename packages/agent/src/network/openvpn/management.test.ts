import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import { listenForManagement, type Management, ManagementError } from './management.ts'

let folder: string
let management: Management
let heard: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-management-'))
  const own: string[] = []
  heard = own
  management = await listenForManagement({
    path: join(folder, 'sock'),
    onEvent: ({ is }) => void own.push(is),
    onConnected: () => void own.push('connected'),
    onEnded: () => void own.push('ended'),
  })
})
afterEach(async () => {
  await management.close()
  rmSync(folder, { recursive: true })
})

/** As OpenVPN connects. */
async function program(): Promise<{ readonly socket: Socket; readonly said: () => string }> {
  const socket = connect(join(folder, 'sock'))
  let said = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await until('it is connected', () => heard.includes('connected'))
  return { socket, said: () => said }
}

test('answers belong to commands in their order, whatever comes between them', async () => {
  const { socket, said } = await program()
  const answers = Promise.allSettled([management.command('one'), management.command('two', 'more', 'END')])
  await until('both came', () => said().endsWith('END\n'))
  expect(said()).toBe('one\ntwo\nmore\nEND\n')
  socket.write('>HOLD:x\nERROR: no\n>HOLD:x\nSUCCESS: yes\n')
  expect(await answers).toMatchObject([
    { status: 'rejected', reason: new ManagementError('no') },
    { status: 'fulfilled', value: 'yes' },
  ])
  expect(heard).toEqual(['connected', 'hold', 'hold'])
})

test('nothing that is put into a command begins another one', async () => {
  await expect(management.command('client-deny 0 1 "x\nclient-auth 0 1"')).rejects.toThrow('one line')
})

test('a command is refused when nobody is there, or goes before it has answered', async () => {
  await expect(management.command('one')).rejects.toThrow('not connected')
  const { socket, said } = await program()
  const answer = expect(management.command('two')).rejects.toThrow('gone')
  await until('it came', () => said() !== '')
  socket.destroy()
  await answer
  expect(heard).toEqual(['connected', 'ended'])
})

test('of two that connect the later one counts', async () => {
  const first = await program()
  heard.length = 0
  const second = await program()
  await until('the first is gone', () => first.socket.closed)
  void management.command('one').catch(() => undefined)
  await until('it came', () => second.said() === 'one\n')
  expect(heard).toEqual(['connected'])
})

test('nobody else can use the socket', () => {
  expect(statSync(join(folder, 'sock')).mode & 0o777).toBe(0o600)
})
