// `npm run sbom`, and part of `npm run build`: the software bill of materials (CycloneDX) of what is shipped, from what is
// installed. The same installation gives the same bytes: neither a serial number nor a time is in it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { root } from './support/prepare.js'

const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const workspaces = new Map(
  readdirSync(join(root, 'packages')).map((folder) => {
    const manifest = read(`packages/${folder}/package.json`)
    return [manifest.name, manifest]
  }),
)
// `opensag` with everything it imports, and the console it serves, of whose tools these are part of what they build.
const shipped = [
  'opensag',
  '@opensag/console',
  'svelte',
  '@tanstack/virtual-core',
  'uplot',
  '@fontsource-variable/inter',
]

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const made = spawnSync(npm, ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--offline'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
if (made.status !== 0) {
  console.error(`npm sbom failed: ${made.error?.message ?? made.stderr}`)
  process.exit(1)
}
const { serialNumber: _, ...bill } = JSON.parse(made.stdout)
const { timestamp: __, ...metadata } = bill.metadata

// Not `--omit dev`: npm then also leaves out what is shipped when a tool of development needs it too, such as zod.
const nameOf = (ref) => ref.replace(/^[^|]*\|/, '').replace(/@[^@]*$/, '')
const edges = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn ?? []]))
const kept = new Set()
const next = bill.components.map((one) => one['bom-ref']).filter((ref) => shipped.includes(nameOf(ref)))
for (let ref = next.pop(); ref !== undefined; ref = next.pop()) {
  if (kept.has(ref)) continue
  kept.add(ref)
  const own = workspaces.get(nameOf(ref))
  const needed = own && neededBy(own)
  next.push(...(edges.get(ref) ?? []).filter((to) => needed === undefined || needed.has(nameOf(to))))
}

/** `opensag` contains the packages it is built with; types are gone from what is built. */
function neededBy({ name, dependencies, optionalDependencies, devDependencies }) {
  const inside = name === 'opensag' ? Object.keys(devDependencies).filter((one) => !one.startsWith('@types/')) : []
  return new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), ...inside])
}

const content = {
  ...bill,
  // npm names the bill after the folder the repository is in.
  metadata: { ...metadata, component: { ...metadata.component, name: 'opensag' } },
  components: bill.components.filter((one) => kept.has(one['bom-ref'])),
  dependencies: bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((to) => kept.has(to)) })),
}
const file = resolve(process.argv[2] ?? join(root, 'dist/sbom.cdx.json'))
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
