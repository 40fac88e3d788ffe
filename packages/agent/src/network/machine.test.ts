import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeLacks, lacksOf } from './machine.ts'

test('what is not installed is named with the one command that installs it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'path-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = process.env.PATH
  onTestFinished(() => {
    process.env.PATH = path
  })
  await symlink('/bin/true', join(folder, 'ip'))
  process.env.PATH = folder
  const lacks = await lacksOf({
    programs: ['ip', 'no-bird' as 'bird', 'no-bird' as 'bird'],
    capabilities: [],
    kernel: [],
  })
  expect(lacks).toHaveLength(1)
  expect(lacks[0]?.what).toContain('no-bird')
})

test('without the programs the kernel is not judged', async () => {
  const lacks = await lacksOf({ programs: ['no-bird' as 'bird'], capabilities: [], kernel: ['vxlan'] })
  expect(lacks.map(({ what }) => what)).not.toContainEqual(expect.stringContaining('kernel'))
})

test('a person reads one line for each, with the cure', () => {
  const text = describeLacks([
    { what: 'bird is not installed', cure: 'apt-get install bird2' },
    { what: 'the kernel does not take vxlan', cure: 'modprobe vxlan' },
  ])
  expect(text).toBe('- bird is not installed: apt-get install bird2\n- the kernel does not take vxlan: modprobe vxlan')
})

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)('as root the rights are there', async () => {
  expect(await lacksOf({ programs: [], capabilities: ['CAP_NET_ADMIN'], kernel: [] })).toEqual([])
})
