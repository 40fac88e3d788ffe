// The version of the product: where it is written, and how all of these places get another one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSection } from './changelog.js'

/** A version of Semantic Versioning, without build metadata: npm and Debian would tell two of these from one another differently. */
export const isVersion = (text) =>
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$/.test(text)

/** @returns {string} the version of the repository in that folder */
export const versionOf = (root) => readJson(join(root, 'package.json')).version

/** Pages with commands that name an image of the version. */
const pages = ['docs/install.md', 'docs/install.zh-CN.md']
const tag = /(?<=\bopensag(?:-agent)?:|\bOPENSAG_VERSION=)\d[\w.-]*/g

/** What of the repository does not have its version, a sentence each. */
export function differences(root) {
  const wanted = versionOf(root)
  const places = placesOf(root)
  const inPages = pages.flatMap((file) =>
    (readFileSync(join(root, file), 'utf8').match(tag) ?? [])
      .filter((version) => version !== wanted)
      .map((version) => `${file} names an image of ${version}, not ${wanted}`),
  )
  const inManifests = [...places.manifests, places.lock].flatMap(({ file, parts }) =>
    parts.flatMap((part) => [
      ...(part.version === wanted ? [] : [`${file} has ${part.version}, not ${wanted}`]),
      ...own(part, places.names)
        .filter(({ range }) => range !== wanted)
        .map(({ name, range }) => `${file} needs ${name} ${range}, not ${wanted}`),
    ]),
  )
  return [...inManifests, ...inPages]
}

/** Writes another version wherever the present one is. @returns {string[]} the files that were changed */
export function setVersion(root, version, date) {
  const places = placesOf(root)
  const changed = []
  for (const { file, content, parts } of [...places.manifests, places.lock]) {
    for (const part of parts) {
      part.version = version
      for (const { group, name } of own(part, places.names)) group[name] = version
    }
    write(file, `${JSON.stringify(content, null, 2)}\n`)
  }
  for (const file of pages) write(file, readFileSync(join(root, file), 'utf8').replaceAll(tag, version))
  write('CHANGELOG.md', startSection(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version, date))
  return changed

  function write(file, text) {
    if (readFileSync(join(root, file), 'utf8') === text) return
    writeFileSync(join(root, file), text)
    changed.push(file)
  }
}

/** Every `package.json` and the lock file, each with the objects in it that have the version. What measures has one of its own. */
function placesOf(root) {
  const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)
  const manifests = ['', ...folders].map((folder) => {
    const file = join(folder, 'package.json')
    const content = readJson(join(root, file))
    return { file, content, parts: [content] }
  })
  const content = readJson(join(root, 'package-lock.json'))
  const parts = ['', ...folders].map((folder) => content.packages[folder])
  const lock = { file: 'package-lock.json', content, parts: [content, ...parts] }
  return { manifests, lock, names: new Set(manifests.map(({ content: { name } }) => name)) }
}

/** What a package needs of those beside it. */
function own(part, names) {
  return [part.dependencies, part.devDependencies, part.optionalDependencies, part.peerDependencies].flatMap(
    (group = {}) =>
      Object.entries(group)
        .filter(([name]) => names.has(name))
        .map(([name, range]) => ({ group, name, range })),
  )
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
