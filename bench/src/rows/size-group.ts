import { relative } from 'node:path'
import type { Group } from '../groups.ts'
import { type Installed, productionOf, sizeOfFolder, sizeOfPublished } from '../installed.ts'
import type { Row } from './row.ts'

const size: Row = {
  id: 'installed-size',
  about: { en: 'installed size of the server, production dependencies only', zh: '服务器的安装大小，仅含生产依赖' },
  better: 'less',
  goal: 30,
  unit: 'MB',
}
const files: Row = {
  id: 'installed-files',
  about: { en: 'files of our own in it', zh: '其中自有的文件数' },
  better: 'less',
  goal: 200,
}
const shown = 8

export const sizeGroup: Group = {
  name: 'size',
  rows: [size, files],
  withinMs: () => 5 * 60_000,
  async measure(chosen, { options: { root }, say }) {
    const { own, others } = productionOf(root, ['cli'])
    const sizes = new Map<string, Installed>()
    for (const folder of others) sizes.set(relative(root, folder), sizeOfFolder(folder))
    const published = own.map((folder) => [relative(root, folder), sizeOfPublished(folder)] as const)
    for (const [name, installed] of published) sizes.set(name, installed)
    const largest = [...sizes].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, shown)
    for (const [name, { bytes, files }] of largest)
      say(`${megabytes(bytes).padStart(6)} MB ${String(files).padStart(5)} files  ${name}`)
    const all = sum([...sizes.values()])
    const ours = sum(published.map(([, installed]) => installed))
    const from = `${megabytes(all.bytes)} MB in ${all.files} files, of it our own ${megabytes(ours.bytes)} MB in ${ours.files}`
    return [
      { row: size, value: all.bytes / 1e6, noise: 0, from },
      { row: files, value: ours.files, noise: 0, from },
    ].filter(({ row }) => chosen.has(row.id))
  },
}

function sum(all: readonly Installed[]): Installed {
  return all.reduce((one, other) => ({ bytes: one.bytes + other.bytes, files: one.files + other.files }), {
    bytes: 0,
    files: 0,
  })
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
