import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openResolver, type Resolver } from './resolver.ts'

const ours = '# by hand\nsearch corp.example\noptions ndots:2\nnameserver 192.0.2.53\n'

describe.skipIf(process.platform !== 'linux')('a machine whose DNS servers are in a file (needs Linux)', () => {
  let folder: string
  let file: string
  let resolver: Resolver
  const text = (): string => readFileSync(file, 'utf8')
  const servers = (): readonly string[] => [...text().matchAll(/^nameserver (\S+)$/gm)].map(([, server]) => `${server}`)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opensag-resolver-'))
    file = join(folder, 'resolv.conf')
    writeFileSync(file, ours)
    resolver = openResolver({ file })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('asks those of the tunnel, with the search list it had, and afterwards what it asked before', async () => {
    await resolver.use('tun0', ['10.10.0.53', '10.10.0.5'])
    expect(servers()).toEqual(['10.10.0.53', '10.10.0.5'])
    expect(text()).toContain('\nsearch corp.example\noptions ndots:2\n')
    await resolver.use('tun0', ['10.10.0.54'])
    expect(servers()).toEqual(['10.10.0.54'])
    await resolver.restore()
    expect(text()).toBe(ours)
    expect(existsSync(`${file}.opensag`)).toBe(false)
    await resolver.restore()
    expect(text()).toBe(ours)
  })

  test('asks what it asked before once the tunnel has none any more', async () => {
    await resolver.use('tun0', ['10.10.0.53'])
    await resolver.use('tun0', [])
    expect(text()).toBe(ours)
  })

  test('keeps what somebody else has written meanwhile', async () => {
    await resolver.use('tun0', ['10.10.0.53'])
    writeFileSync(file, 'nameserver 198.51.100.53\n')
    await resolver.restore()
    expect(text()).toBe('nameserver 198.51.100.53\n')
    expect(existsSync(`${file}.opensag`)).toBe(false)
  })

  test('gets back what a program that was killed has left', async () => {
    await resolver.use('tun0', ['10.10.0.53'])
    const { pid } = spawnSync('true')
    writeFileSync(file, text().replace(`process ${process.pid}.`, `process ${pid}.`))
    await resolver.use('tun0', [])
    expect(text()).toBe(ours)
  })

  test('asks those of a second tunnel until that ends', async () => {
    await resolver.use('tun0', ['10.10.0.53'])
    // Of the process that runs this test's process: alive all the time.
    writeFileSync(file, text().replace(`process ${process.pid}.`, `process ${process.ppid}.`))
    await resolver.restore()
    expect(servers()).toEqual(['10.10.0.53'])
    await resolver.use('tun1', ['10.20.0.53'])
    await resolver.restore()
    expect(text()).toBe(ours)
  })
})
