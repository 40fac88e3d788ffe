import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '../exit.ts'
import { resolveSettings } from './resolve.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function fileWith(content: string): string {
  const path = join(folder, 'opensag.json')
  writeFileSync(path, content)
  return path
}

describe('settings', () => {
  test('a flag beats a variable, a variable the file, the file the default', () => {
    const file = fileWith('{"port": 1, "heartbeat": 30, "region": "cn-hangzhou"}')
    const { settings, origins } = resolveSettings('server', {
      flags: { port: '3' },
      environment: { OPENSAG_PORT: '2', OPENSAG_HEARTBEAT: '20' },
      file,
    })
    expect(settings).toMatchObject({ port: 3, heartbeat: 20, region: 'cn-hangzhou', host: '127.0.0.1' })
    const from = Object.fromEntries(origins.map(({ name, from }) => [name, from]))
    expect(from).toMatchObject({ port: '--port', heartbeat: 'OPENSAG_HEARTBEAT', region: file, host: 'default' })
    expect(from.tlsCert).toBe('not set')
  })

  test('all mistakes are told at once, each with where it stands', () => {
    const file = fileWith('{"prot": 1, "heartbeat": "soon"}')
    const resolve = (): unknown =>
      resolveSettings('server', { flags: { port: '70000' }, environment: { OPENSAG_LOG_LEVEL: 'loud' }, file })
    expect(resolve).toThrow(UsageError)
    for (const part of [
      '"prot" is not a setting',
      '--port must be a whole number from 0 to 65535, not "70000".',
      `${file}: "heartbeat" must be a number from 1 to 600, not "soon".`,
      'OPENSAG_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
    ]) {
      expect(resolve).toThrow(part)
    }
  })

  test('a setting of another program is a mistake in a flag or the file, and harmless in a variable', () => {
    const none = { flags: {}, environment: {} }
    expect(() => resolveSettings('sandbox', { ...none, file: fileWith('{"shop": "on"}') })).toThrow(
      'is not a setting of sandbox',
    )
    const { settings } = resolveSettings('sandbox', { ...none, environment: { OPENSAG_SHOP: 'on' } })
    expect(settings.shop).toBe('off')
  })

  test('a file that cannot be read, or is no object, is told by name', () => {
    const none = { flags: {}, environment: {} }
    expect(() => resolveSettings('server', { ...none, file: join(folder, 'none.json') })).toThrow('none.json')
    for (const content of ['[]', 'null', '{']) {
      expect(() => resolveSettings('server', { ...none, file: fileWith(content) })).toThrow('opensag.json')
    }
  })

  test('a comma-separated list may be a list in the file', () => {
    const none = { flags: {}, environment: {} }
    const inFile = resolveSettings('server', { ...none, file: fileWith('{"trustedProxy": ["10.0.0.1", " 10.0.0.2"]}') })
    const inFlag = resolveSettings('server', { ...none, flags: { trustedProxy: '10.0.0.1, 10.0.0.2' } })
    expect(inFile.settings.trustedProxy).toEqual(['10.0.0.1', '10.0.0.2'])
    expect(inFlag.settings.trustedProxy).toEqual(['10.0.0.1', '10.0.0.2'])
  })

  test('a password on the command line is refused without repeating it, and one from elsewhere is never shown', () => {
    const database = 'postgres://sag:hidden@db/sag'
    const none = { flags: {}, environment: {} }
    const asFlag = (): unknown => resolveSettings('server', { ...none, flags: { database } })
    expect(asFlag).toThrow(/on the command line can be read by every user.*--database-file/)
    expect(asFlag).not.toThrow(/hidden/)
    const file = fileWith(JSON.stringify({ database }))
    for (const sources of [
      { ...none, file },
      { ...none, environment: { OPENSAG_DATABASE: database } },
    ]) {
      const { settings, origins } = resolveSettings('server', sources)
      expect(settings.database).toBe(database)
      expect(origins.find(({ name }) => name === 'database')?.value).toBe('postgres://sag:***@db/sag')
    }
    expect(resolveSettings('server', { ...none, flags: { database: 'postgres://sag@db/sag' } }).settings.database).toBe(
      'postgres://sag@db/sag',
    )
  })
})
