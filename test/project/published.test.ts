import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productionOf } from '../../bench/src/installed.ts'
import { type Running, root, runOpensag, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

const cli = join(root, 'packages/cli')
const bundle = join(cli, 'bundle')
const programs = readdirSync(bundle).filter((name) => name.endsWith('.js'))
const textOf = (name: string): string => readFileSync(join(bundle, name), 'utf8')

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}
const manifest = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8')) as Manifest

/** Where the code of the bundle comes from, relative to the repository. */
function sources(): readonly string[] {
  const maps = readdirSync(bundle).filter((name) => name.endsWith('.map'))
  const named = maps.flatMap((name) => (JSON.parse(textOf(name)) as { readonly sources: readonly string[] }).sources)
  return [...new Set(named.map((source) => relative(root, resolve(bundle, source))))].sort()
}

describe('the bundle', () => {
  test('imports nothing but itself, Node and what is installed with it', () => {
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
    // Asked for by packages that do without them.
    const absent = ['bufferutil', 'utf-8-validate', 'pg-native', 'pg-cloudflare']
    const imports = programs.flatMap((name) =>
      [...textOf(name).matchAll(/^import [^'"]*["']([^"']+)["'];$|\b(?:import|__require)\("([^"]+)"\)/gm)].map(
        ([, first, second = '']) => first ?? second,
      ),
    )
    const others = new Set(imports.filter((target) => !target.startsWith('./') && !isBuiltin(target)))
    expect([...others].filter((target) => !absent.includes(target)).sort()).toEqual(installed.sort())
    // That of `node:http` would load undici; only what the bundler adds itself is imported.
    expect(imports.filter((target) => isBuiltin(target))).toEqual(['node:module'])
    const own = imports.filter((target) => target.startsWith('./'))
    expect(own.filter((target) => !existsSync(join(bundle, target)))).toEqual([])
  })

  test('has maps to sources that exist, none of them of tests or tools', () => {
    const all = sources()
    expect(all).toContain('packages/server/src/start.ts')
    expect(all.filter((file) => !file.includes('\0') && !existsSync(join(root, file)))).toEqual([])
    expect(
      all.filter((file) => /\.(test|suite)\.ts$|\/src\/(.*\/)?testing\/|^(test|bench|scripts)\//.test(file)),
    ).toEqual([])
    const tools =
      /node_modules\/(vitest|vite|rolldown|typescript|fast-check|playwright-core|ajv|fast-json-stringify\/index)/
    expect(all.filter((file) => tools.test(file))).toEqual([])
  })

  test('names each package it contains, with the text of its licence', () => {
    const notices = textOf('THIRD-PARTY-NOTICES.txt')
    const inside = sources().map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
    // What the console is made of is in it too.
    for (const name of new Set([...inside, 'svelte'])) {
      if (name === undefined) continue
      expect(notices).toMatch(new RegExp(`^-{80}\n\n${name} \\d.*\n\n[^]{300}`, 'm'))
    }
  })

  test('is ASCII, which V8 keeps in half the memory', () => {
    expect(programs.filter((name) => /[^\0-\x7f]/.test(textOf(name)))).toEqual([])
  })
})

describe('the package that is published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-published-'))
  const modules = join(folder, 'node_modules')
  const program = join(modules, 'opensag/bin/opensag.js')
  const data = join(folder, 'data')
  let files: readonly string[]
  let sandbox: Running | undefined
  let url = ''

  const opensag = (...args: readonly string[]): ReturnType<typeof runToEnd> =>
    runToEnd(process.execPath, [program, ...args])

  beforeAll(async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const pack = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder]
    const packed = JSON.parse(execFileSync(npm, pack, { cwd: cli, encoding: 'utf8' })) as [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ]
    files = packed[0].files.map(({ path }) => path)
    mkdirSync(join(modules, 'opensag'), { recursive: true })
    const archive = join(folder, packed[0].filename)
    execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', join(modules, 'opensag')])
    for (const other of productionOf(root, ['cli']).others) {
      const place = join(modules, relative(join(root, 'node_modules'), other))
      // Comes along with the package it is in.
      if (relative(modules, place).includes('node_modules')) continue
      mkdirSync(dirname(place), { recursive: true })
      symlinkSync(other, place)
    }
    sandbox = runOpensag(['sandbox'], { OPENSAG_DATA: data, OPENSAG_PORT: '0' }, [], program)
    await sandbox.printed(/is ready/)
    url = (JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as { endpoint: string }).endpoint
  }, limit(120_000))
  afterAll(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, limit(60_000))

  test('is at most 200 files, and nothing but the bundle and its start', () => {
    const known =
      /^(package\.json|README.*|LICENSE.*|bin\/(opensag|compile-cache)\.js|bundle\/(console\/.+|[^/]+\.js(\.map)?|THIRD-PARTY-NOTICES\.txt|opensag\.1))$/
    expect(files.filter((file) => !known.test(file))).toEqual([])
    expect(files.length).toBeLessThanOrEqual(200)
  })

  test('says its version', async () => {
    expect(await opensag('--version')).toMatchObject({ code: 0, output: `${manifest.version}\n` })
  })

  test('serves the console, packed and unpacked', async () => {
    const page = await fetch(`${url}/console/`, { headers: { 'accept-encoding': 'identity' } })
    expect(page.status).toBe(200)
    const [, script = ''] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? []
    const asset = await fetch(`${url}${script}`)
    expect(asset.headers.get('content-encoding')).not.toBeNull()
    const plain = await fetch(`${url}${script}`, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(await asset.text())
  })

  test('serves what is too small to be packed as it is', async () => {
    const small = files.filter((file) => /^bundle\/console\/assets\/[^/]+\.js$/.test(file))
    expect(small.length).toBeGreaterThan(0)
    for (const file of small) {
      const answer = await fetch(`${url}${file.slice('bundle'.length)}`)
      expect({ status: answer.status, packing: answer.headers.get('content-encoding') }).toEqual({
        status: 200,
        packing: null,
      })
    }
  })

  test('serves what it loads only when it is asked for, in both languages', async () => {
    const reference = await fetch(`${url}/api-reference.json`)
    expect(await reference.text()).toContain('智能接入网关')
    const page = await fetch(`${url}/errors/SmartAccessGatewayOffline`)
    expect(page.status).toBe(200)
    expect((await fetch(`${url}/errors`)).status).toBe(200)
  })

  test(
    'finds its threads: the copy of a backup, and the schedules of the proof',
    async () => {
      const backup = join(folder, 'backup')
      expect(await opensag('backup', '--to', backup, '--data', data)).toMatchObject({ code: 0, errors: '' })
      expect(JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'))).toMatchObject({
        version: manifest.version,
      })
      const proof = await opensag('simulate', '--chaos', '--seed', '7', '--schedules', '50')
      expect(proof).toMatchObject({ code: 0, output: expect.stringContaining('Every promise was kept.') })
    },
    limit(120_000),
  )

  test('says where in the sources an error was, when Node is told to read the maps', async () => {
    const environment = { OPENSAG_LOG_LEVEL: 'debug', NODE_OPTIONS: '--enable-source-maps' }
    const second = await runToEnd(process.execPath, [program, 'server', '--port', '0', '--data', data], { environment })
    expect(second).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/server\/src\/store\/sqlite\/folder-lock\.ts:\d+/),
    })
  })

  test('without libsql runs on a Node that has an SQLite, and says what is missing on another', async () => {
    // Its server would make the backup, with what it has loaded.
    await sandbox?.stop()
    rmSync(join(modules, 'libsql'))
    const made = await opensag('backup', '--to', join(folder, 'second-backup'), '--data', data)
    const expected = /^(2[4-9]|[3-9]\d)\./.test(process.versions.node)
      ? { code: 0, errors: '' }
      : { code: 1, errors: expect.stringMatching(/^Node \S+ has no SQLite .*install the package libsql\.\n$/) }
    expect(made).toMatchObject(expected)
  })
})
