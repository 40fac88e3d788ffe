import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const packages = join(root, 'packages')

/** Which of our packages each package may import. */
const allowedPackages: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  rules: [],
  'smartag-client': [],
  server: ['@opensag/protocol', '@opensag/rules'],
  agent: ['@opensag/protocol'],
  chaos: ['@opensag/protocol', '@opensag/server/simulation', '@opensag/agent/simulation'],
  rotation: ['@opensag/rules'],
  console: ['@opensag/rotation', '@opensag/rules', '@opensag/smartag-client'],
  cli: [
    '@opensag/protocol',
    '@opensag/server',
    '@opensag/agent',
    '@opensag/chaos',
    '@opensag/rotation',
    '@opensag/smartag-client',
  ],
}

/** Folders of the server that must not import others of it. */
const forbiddenFolders: Readonly<Record<string, readonly string[]>> = {
  model: ['rpc', 'apis', 'declare', 'access', 'store', 'bus', 'channel', 'operator'],
  declare: ['rpc', 'store', 'bus', 'channel', 'operator'],
  apis: ['rpc', 'bus', 'channel', 'operator'],
  access: ['rpc', 'apis', 'channel', 'operator'],
  store: ['rpc', 'apis', 'bus', 'channel', 'operator'],
  bus: ['rpc', 'apis', 'store', 'channel', 'operator', 'access'],
  channel: ['rpc', 'apis/smartag', 'operator'],
  operator: ['rpc'],
  'console-logon': ['operator', 'channel', 'bus'],
  'remote-access': ['apis', 'operator', 'channel', 'bus'],
}

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sources(path)
    return entry.name.endsWith('.ts') && !/\.(test|suite)\.ts$/.test(entry.name) ? [path] : []
  })
}

function importsOf(file: string): readonly Import[] {
  const found = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]/gms)
  return [...found].map((match) => ({ file, typeOnly: match[1] !== undefined, target: match[2] ?? '' }))
}

const shown = (found: readonly Import[]): readonly string[] =>
  found.map(({ file, target }) => `${relative(root, file)} imports ${target}`)

for (const [name, allowed] of Object.entries(allowedPackages)) {
  test(`package ${name} imports of ours only ${allowed.join(', ') || 'nothing'}`, () => {
    const imports = sources(join(packages, name, 'src')).flatMap(importsOf)
    expect(imports.length).toBeGreaterThan(0)
    const wrong = imports.filter(
      ({ target }) => /^(@opensag\/|opensag$)/.test(target) && !allowed.some((known) => target === known),
    )
    expect(shown(wrong)).toEqual([])
  })
}

for (const [folder, forbidden] of Object.entries(forbiddenFolders)) {
  test(`server/${folder} does not know ${forbidden.join(', ')}`, () => {
    const server = join(packages, 'server/src')
    const files = sources(join(server, folder))
    expect(files.length).toBeGreaterThan(0)
    const wrong = files.flatMap(importsOf).filter(({ file, target, typeOnly }) => {
      if (!target.startsWith('.') || typeOnly) return false
      const place = relative(server, resolve(dirname(file), target))
      return forbidden.some((other) => place.startsWith(`${other}/`))
    })
    expect(shown(wrong)).toEqual([])
  })
}

test('model and protocol read no clock, no chance, no network and no disk', () => {
  const files = [...sources(join(packages, 'server/src/model')), ...sources(join(packages, 'protocol/src'))]
  const wrong = files.filter((file) =>
    /Date\.now\(|new Date\(\)|Math\.random\(|randomBytes\(|from 'node:(fs|net|http|https|timers)/.test(
      readFileSync(file, 'utf8'),
    ),
  )
  expect(wrong.map((file) => relative(root, file))).toEqual([])
})

test.each(['rotation', 'rules'])('package %s runs in a browser: nothing of Node, no clock, no chance', (name) => {
  const files = sources(join(packages, name, 'src'))
  const wrong = files.filter((file) =>
    /from 'node:|\bprocess\.|\bBuffer\b|Date\.now\(|new Date\(\)|performance\.|Math\.random\(/.test(
      readFileSync(file, 'utf8'),
    ),
  )
  expect(wrong.map((file) => relative(root, file))).toEqual([])
})
