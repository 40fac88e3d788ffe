// Why no release can be made of a checkout. All reasons are found at once.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join, relative, resolve } from 'node:path'
import { whyNoNotes } from './changelog.js'
import { git, tryGit } from './git.js'
import { differences, versionOf } from './version.js'

/** What is not committed would not be in what is built. */
export function uncommitted(root) {
  const lines = git(root, 'status', '--porcelain').split('\n').filter(Boolean)
  if (lines.length === 0) return []
  const more = lines.length > 5 ? `\n      and ${lines.length - 5} more` : ''
  return [
    `Not everything is committed:${lines
      .slice(0, 5)
      .map((line) => `\n      ${line}`)
      .join('')}${more}`,
  ]
}

/** What is wrong with the version, its notes, and what is kept of it for later releases. */
export function wrongVersion(root) {
  const version = versionOf(root)
  const released = JSON.parse(readFileSync(join(root, 'packages/server/src/store/migrations/released.json'), 'utf8'))
  const isFrozen = released.some((release) => release.version === version)
  return [
    ...differences(root).map((one) => `${one} (npm run release -- --set ${version})`),
    whyNoNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version),
    isFrozen ? undefined : `${version} is not frozen (node scripts/freeze-release.js ${version})`,
  ].filter((reason) => reason !== undefined)
}

/** A tag of that version at another commit, here or at a remote. One at this commit is the tag of this release. */
export function takenTags(root) {
  const tag = `v${versionOf(root)}`
  const commit = git(root, 'rev-parse', 'HEAD')
  const here = tryGit(root, 'rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`)
  const reasons =
    here.ok && here.output !== commit ? [`The tag ${tag} is at another commit (${here.output.slice(0, 12)})`] : []
  for (const remote of git(root, 'remote').split('\n').filter(Boolean)) {
    const found = tryGit(root, 'ls-remote', '--tags', remote, tag, `${tag}^{}`)
    if (!found.ok) reasons.push(`The tags of the remote ${remote} could not be read: ${found.output}`)
    // Of a tag with a message the line of the commit comes last.
    const there = found.output.split('\n').filter(Boolean).at(-1)?.split('\t')[0]
    if (found.ok && there !== undefined && there !== commit)
      reasons.push(`${remote} has the tag ${tag} at another commit (${there.slice(0, 12)})`)
  }
  return reasons
}

/** What keeps a key from being used: it belongs to whoever signs, alone, and never into the repository. */
export function unusableKey(root, key) {
  if (key === undefined) return []
  if (!isInstalled('minisign')) return ['Signing needs minisign (apt-get install -y minisign)']
  if (!existsSync(key)) return [`There is no key at ${key}`]
  if (!relative(root, resolve(key)).startsWith('..')) return [`The key ${key} is in the repository: move it elsewhere`]
  if ((statSync(key).mode & 0o077) !== 0) return [`The key ${key} is open to others (chmod 600 ${key})`]
  return []
}

export function missingPrograms(wanted) {
  return wanted.flatMap(({ name, what, needs }) => {
    const missing = Object.entries(needs).filter(([program]) => !isInstalled(program))
    if (missing.length === 0) return []
    return [
      `${what} need ${missing.map(([program]) => program).join(' and ')} (apt-get install -y ${missing.map(([, debian]) => debian).join(' ')}, or leave out "${name}" of --only)`,
    ]
  })
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
