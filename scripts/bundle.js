// Makes `packages/cli/bundle`, what the package `opensag` publishes: its programs with every package they import, in few
// files. Most of a start is finding, reading and linking modules; this halves it. Part of `npm run build`. With `--agent FOLDER` it makes
// the one of gateways, which has the commands `agent` and `pop` only.
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { copyConsole } from './support/bundle-console.js'
import { filesByCommand } from './support/bundle-files.js'
import { asAscii, asModules, builtins, natives, withoutParts } from './support/bundle-plugins.js'
import { root } from './support/prepare.js'
import { writePages } from './support/shipped-pages.js'
import { noticesOf, packagesOf } from './support/third-party.js'

/** From the sources: nothing has to be compiled before. Threads are found by these names, `testing` is what `@opensag/testing` hands on. */
const programs = {
  main: 'packages/cli/src/main.ts',
  worker: 'packages/chaos/src/worker.ts',
  'copy-thread': 'packages/server/src/store/copy/copy-thread.ts',
  testing: 'packages/testing/src/index.ts',
}
/** Compiled for a machine: `dependencies` of the package. */
const native = ['libsql', '@node-rs/argon2']
/** So short a file needs no map: its lines are found without. Nor does one that has nothing of ours. */
const fewCharacters = 8900
/** Nothing but texts, in which no error has its place. */
const texts = /^(chinese|explanations)-/
/** Not installed; what imports them does without. */
const absent = ['pg-native', 'pg-cloudflare', 'bufferutil', 'utf-8-validate']

const isOfAgent = process.argv[2] === '--agent'
const input = isOfAgent ? { main: 'packages/cli/src/agent-main.ts' } : programs
/** The module that loads each command. */
const table = isOfAgent ? 'packages/cli/src/commands/of-gateway.ts' : 'packages/cli/src/commands/all.ts'
const usual = join(root, 'packages/cli/bundle')
const target = resolve(process.argv[isOfAgent ? 3 : 2] ?? usual)
const made = `${target}.new-${process.pid}`
const replaced = `${target}.old-${process.pid}`

try {
  await makeBundle()
  if (!isOfAgent) await addManual()
  // A program or a test finds the old one or the new one.
  if (existsSync(target)) renameSync(target, replaced)
  renameSync(made, target)
} finally {
  for (const folder of [made, replaced]) rmSync(folder, { recursive: true, force: true })
}

async function makeBundle() {
  const bundler = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external: absent,
    // Tests of others import from `testing`, nothing from a program; files may export more, for one another.
    preserveEntrySignatures: 'allow-extension',
    resolve: { conditionNames: ['opensag-source', 'node'] },
    plugins: [withoutParts, asModules, builtins, natives(native), asAscii],
    transform: { target: 'node20.19' },
    // It warns of what took long, which on a busy machine is anything.
    checks: { bundlerTimings: false },
    onLog: failOnWarning,
  })
  const { output } = await bundler.write({
    dir: made,
    format: 'esm',
    entryFileNames: '[name].js',
    // All in one folder: a program finds its threads beside itself.
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: filesByCommand(join(root, table)),
    // Names and lines stay, so that a stack trace can be read. The maps lead to the sources and do not repeat them.
    minify: false,
    comments: false,
    sourcemap: true,
    sourcemapExcludeSources: true,
    // As if it lay in the repository, wherever it is made: the same sources give the same bytes.
    sourcemapPathTransform: (source, map) => relative(usual, resolve(dirname(map), source)),
  })
  await bundler.close()
  for (const { fileName, code, moduleIds } of output) {
    const isOfOthers = moduleIds?.every((id) => id.includes('node_modules')) ?? false
    if (code?.length < fewCharacters || texts.test(fileName) || isOfOthers)
      rmSync(join(made, `${fileName}.map`), { force: true })
  }
  const ofConsole = isOfAgent ? [] : copyConsole(join(root, 'packages/console/dist'), join(made, 'console'))
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  writeFileSync(join(made, 'THIRD-PARTY-NOTICES.txt'), noticesOf(packagesOf([...modules, ...ofConsole])))
}

/** One page has the whole manual: the package is to have few files. */
async function addManual() {
  const pages = mkdtempSync(join(tmpdir(), 'opensag-pages-'))
  try {
    await writePages(pages, { isOfAgent })
    copyFileSync(join(pages, 'whole/opensag.1'), join(made, 'opensag.1'))
  } finally {
    rmSync(pages, { recursive: true })
  }
}

/** What a package of others does is its own affair. */
function failOnWarning(level, log, say) {
  if (level === 'warn' && !log.message.includes('node_modules')) throw new Error(log.message)
  if (level !== 'warn') say(level, log)
}
