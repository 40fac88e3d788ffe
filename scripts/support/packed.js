// What packages of the system and images are made of, besides the program: a Node, the version, the time of the sources.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { installNodes, nodeOf } from './nodes.js'
import { root } from './prepare.js'

export const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))

/** Names of the machines Node is built for, as Debian and images have them. */
export const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch]

/** Seconds since 1970: the same sources give the same bytes. */
export function epochOfSources() {
  return Number(process.env.SOURCE_DATE_EPOCH ?? git('log', '-1', '--format=%ct'))
}

export function revisionOfSources() {
  return git('rev-parse', 'HEAD')
}

/**
 * The file of a Node to pack. From Node 24 on SQLite is inside, so that nothing else has to be packed for the store.
 *
 * @param {string | undefined} given the one to take
 */
export function nodeToPack(given) {
  if (given === undefined && Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  if (given === undefined) installNodes('24')
  const file = given ?? nodeOf('24').node
  if (!existsSync(file)) stop(`There is no Node at ${file}: give one with --node.`, 1)
  const found = execFileSync(file, ['--version'], { encoding: 'utf8' }).trim()
  if (Number.parseInt(found.slice(1), 10) < 24) stop(`${file} is Node ${found}; 24 or newer is needed.`, 1)
  return file
}

/** Node ships it beside its program, in the folder above. */
export function licenceOf(node) {
  const folder = dirname(dirname(node))
  const name = readdirSync(folder).find((file) => file === 'LICENSE')
  if (name === undefined) throw new Error(`There is no licence of Node in ${folder}.`)
  return join(folder, name)
}

export function stop(text, code) {
  console.error(text)
  process.exit(code)
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
}
