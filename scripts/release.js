// `npm run release`: makes what a release consists of, from the commit that is checked out, in `dist/release-VERSION`, and says
// how to publish it. Publishes nothing itself. docs/releases.md says what is in it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './support/prepare.js'
import { artefacts, matching } from './support/release/artefacts.js'
import { build, missingFiles } from './support/release/build.js'
import { notesOf } from './support/release/changelog.js'
import { buildTwice } from './support/release/compare.js'
import { git } from './support/release/git.js'
import { nextSteps } from './support/release/next-steps.js'
import { missingPrograms, takenTags, uncommitted, unusableKey, wrongVersion } from './support/release/refusals.js'
import { openKey, writeSums } from './support/release/sign.js'
import { isVersion, setVersion, versionOf } from './support/release/version.js'

const usage = `Usage: npm run release -- [options]

Makes a release of the commit that is checked out in dist/release-VERSION: packages, checksums, notes.
Publishes nothing; says at the end how to.

  --set VERSION    write another version everywhere, and end: commit that, then make the release
  --check          build everything twice, in two folders, and compare the bytes; make no release
  --key FILE       secret key of minisign to sign the checksums with (OPENSAG_RELEASE_KEY).
                   Its password is read from standard input
  --only LIST      make these only: ${artefacts.map(({ name }) => name).join(',')}
  --from FOLDER    take what was made of this commit elsewhere, such as on machines of
                   other architectures, instead of building
  --to FOLDER      where release-VERSION is put (dist)
  --installed      build with the packages that are installed in this checkout, instead of
                   installing them anew
  --help           this text`

const { values } = parsed()
if (values.help) stop(usage, 0)
const only = values.only?.split(',') ?? artefacts.map(({ name }) => name)
const unknown = only.filter((name) => !artefacts.some((one) => one.name === name))
if (unknown.length > 0)
  stop(`There is no artefact ${unknown.join(', ')}: ${artefacts.map(({ name }) => name).join(', ')}.`, 2)
const wanted = artefacts.filter(({ name }) => only.includes(name))
const began = Date.now()
/** What is checked out now: somebody may go on working here meanwhile. */
const commit = git(root, 'rev-parse', 'HEAD')

try {
  if (values.set !== undefined) set(values.set)
  else if (values.check) await check()
  else await release()
} catch (error) {
  stop(error.message, 1)
}

function set(version) {
  if (!isVersion(version)) stop(`${version} is no version: give one such as 0.2.0 or 0.2.0-rc.1.`, 2)
  const before = versionOf(root)
  const changed = setVersion(root, version, new Date().toISOString().slice(0, 10))
  console.log(
    changed.length === 0 ? `Everything has the version ${version} already.` : `${before} became ${version} in:`,
  )
  for (const file of changed) console.log(`  ${file}`)
  console.log(`Next: node scripts/freeze-release.js ${version}, npm run docs, npm test, and commit.`)
}

async function check() {
  refuse([...uncommitted(root), ...missingPrograms(wanted)])
  const version = versionOf(root)
  const files = await buildTwice(root, { commit, wanted, version, installed: values.installed, step })
  const differ = files.filter(({ sums: [first, second] }) => first !== second)
  for (const { name, sums } of files)
    console.log(`${new Set(sums).size === 1 ? 'same  ' : 'DIFFER'}  ${sums[0] ?? '-'.repeat(64)}  ${name}`)
  console.log(
    `${files.length - differ.length} of ${files.length} files are the same in two folders, after ${seconds()} s.`,
  )
  if (differ.length > 0) process.exit(1)
}

async function release() {
  const key = values.key ?? process.env.OPENSAG_RELEASE_KEY
  refuse([
    ...uncommitted(root),
    ...wrongVersion(root),
    ...takenTags(root),
    ...unusableKey(root, key),
    ...(values.from ? [] : missingPrograms(wanted)),
  ])
  const signer = key === undefined ? undefined : openKey(resolve(key))
  refuse([signer?.trouble()].filter((reason) => reason !== undefined))

  const version = versionOf(root)
  const target = join(resolve(values.to), `release-${version}`)
  const made = `${target}.new-${process.pid}`
  const sources = mkdtempSync(join(tmpdir(), 'opensag-release-'))
  rmSync(made, { recursive: true, force: true })
  try {
    if (values.from) takeFrom(resolve(values.from), made, version)
    else
      await build(root, {
        commit,
        wanted,
        source: join(sources, 'source'),
        to: made,
        version,
        installed: values.installed,
        step,
      })
    refuse(missingFiles(wanted, made, version))
    step('notes, checksums')
    writeFileSync(join(made, 'RELEASE-NOTES.md'), notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version))
    writeSums(made)
    if (signer) step('signature')
    refuse([signer?.sign(made, `opensag ${version} ${commit}`)].filter((reason) => reason !== undefined))
    rmSync(target, { recursive: true, force: true })
    renameSync(made, target)
  } finally {
    signer?.forget()
    for (const folder of [made, sources]) rmSync(folder, { recursive: true, force: true })
  }
  const shown = relative(process.cwd(), target)
  console.log(
    `OpenSAG ${version}, commit ${commit.slice(0, 12)}: ${readdirSync(target).length} files in ${shown}, after ${seconds()} s.\n`,
  )
  console.log(nextSteps({ folder: target, shown, version, commit, isSigned: signer !== undefined, key }))
}

/** Only what belongs to a release of that version: a folder may hold that of others too. */
function takeFrom(folder, to, version) {
  if (!existsSync(folder)) stop(`There is no folder ${folder}.`, 2)
  const names = readdirSync(folder)
  mkdirSync(to, { recursive: true })
  const taken = wanted.flatMap(({ files }) => files(version).flatMap((pattern) => matching(pattern, names)))
  for (const name of taken) cpSync(join(folder, name), join(to, name))
}

/** Ends the release, not the program: what was begun is removed on the way out. */
function refuse(reasons) {
  if (reasons.length > 0) throw new Error(`No release was made.\n${reasons.map((one) => `  - ${one}`).join('\n')}`)
}

function parsed() {
  try {
    return parseArgs({
      options: {
        set: { type: 'string' },
        check: { type: 'boolean', default: false },
        key: { type: 'string' },
        only: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string', default: join(root, 'dist') },
        installed: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return stop(`${error.message}\n\n${usage}`, 2)
  }
}

function step(what) {
  console.error(`${seconds().padStart(5)} s  ${what} …`)
}

function seconds() {
  return ((Date.now() - began) / 1000).toFixed(0)
}

function stop(text, code) {
  if (code === 0) console.log(text)
  else console.error(text)
  process.exit(code)
}
