// `node scripts/artefact-figures.js`: size, start and memory of what a release consists of, beside programs that people know, in turn, as
// medians of rounds in each of which every one is started once. Prints the table of docs/install.md.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sizeOf, startOnce } from './support/figures/measure.js'
import { subjectsIn } from './support/figures/subjects.js'
import { root } from './support/prepare.js'

const { values } = parseArgs({
  options: {
    release: { type: 'string' },
    peers: { type: 'string', default: join(root, 'dist/peers') },
    rounds: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help || values.release === undefined) {
  console.log('Usage: node scripts/artefact-figures.js --release dist/release-VERSION [--peers FOLDER] [--rounds N]')
  process.exit(values.help ? 0 : 2)
}

const work = mkdtempSync(join(tmpdir(), 'opensag-figures-'))
try {
  await measure()
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function measure() {
  const { there, missing } = await subjectsIn({ release: resolve(values.release), peers: resolve(values.peers), work })
  try {
    await measureEach(there)
  } finally {
    for (const { close } of there) await close?.()
  }
  for (const { title, how } of missing) console.error(`Not here: ${title}. ${how}`)
}

async function measureEach(there) {
  const found = there.map((subject) => ({
    subject,
    size: sizeOf(subject.folder),
    starts: [],
    processor: [],
    resident: [],
  }))
  // The first round, which is not counted, makes data folders and fills what the system keeps of files.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    console.error(`round ${round} of ${values.rounds} …`)
    for (const { subject, starts, processor, resident } of found) {
      const data = join(work, 'data', subject.name)
      mkdirSync(data, { recursive: true, mode: 0o700 })
      const once = await startOnce(subject, data)
      if (round === 0) continue
      starts.push(once.ms)
      processor.push(once.cpuMs)
      resident.push(once.mib)
    }
  }
  console.log(
    '| | on disk | to the first answer | of a processor | memory | needs besides |\n| --- | --- | --- | --- | --- | --- |',
  )
  for (const { subject, size, starts, processor, resident } of found) {
    const cells = [
      subject.title,
      `${megabytes(size)} MB`,
      `${median(starts).toFixed(0)} ms (${Math.min(...starts).toFixed(0)}–${Math.max(...starts).toFixed(0)})`,
      `${median(processor).toFixed(0)} ms`,
      `${median(resident).toFixed(0)} MiB`,
      subject.needs,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)
}
