// Ways to install, from what is published only: the release before, its first start, the main jobs, the upgrade, the removal.
// That of Debian is in test/linux/debian.test.ts, among what is asked of its packages beside.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { nodes } from '../../scripts/support/nodes.js'
import type { Running } from '../support/process.ts'
import { limit } from '../support/time.ts'
import { type Archives, type Installation, install, packAll } from './archives.ts'
import { earlierArchive } from './earlier.ts'
import { earlier, matrixOf, type Way } from './matrix.ts'

const node = nodes.find(({ isThere }) => isThere)

describe.skipIf(node === undefined)(`npm install -g${node ? '' : ` (to enable: ${nodes[0]?.installCommand})`}`, () => {
  let archives: Archives
  let earlierFile: string
  let installed: Installation
  let server: Running
  let agent: Running
  let url = ''
  let consoleUrl = ''
  let agentOptions = ''
  const data = (): string => join(archives.folder, 'data')

  beforeAll(async () => {
    archives = await packAll()
    earlierFile = await earlierArchive(earlier, join(archives.folder, 'earlier'))
  }, limit(300_000))
  afterAll(async () => {
    await agent?.stop()
    await server?.stop()
    await archives?.remove()
  }, limit(60_000))

  const way: Way = {
    async install(which) {
      if (node === undefined) return
      installed = await install(which === 'this' ? archives : { ...archives, files: [earlierFile] }, node)
    },
    remove: () => run('npm uninstall --global opensag'),
    async startServer() {
      const port = url === '' ? '0' : new URL(url).port
      const place = `--data '${data()}' --write-credentials '${data()}/credentials.json'`
      server = installed.start(`opensag server --port ${port} ${place}`)
      url = (await server.printed(/listens on (http:\S+)/))[1] ?? ''
    },
    stopServer: () => server.stop(),
    async configureAgent(serial, enrolmentKey) {
      const keyFile = join(archives.folder, 'enrolment-key')
      await writeFile(keyFile, enrolmentKey, { mode: 0o600 })
      agentOptions = `--serial ${serial} --enrolment-key-file '${keyFile}' --data '${archives.folder}/agent' --console 127.0.0.1:0`
    },
    async startAgent() {
      agent = installed.start(`opensag agent --server '${url.replace('http', 'ws')}/channel' ${agentOptions}`)
      consoleUrl = (await agent.printed(/Local console: (http:\S+)/))[1] ?? ''
    },
    stopAgent: () => agent.stop(),
    opensag: (args, input) =>
      run(['opensag', ...args, ...(args[0]?.startsWith('-') ? [] : ['--data', data()])].join(' '), input),
    isInstalled: async () => (await installed.run('command -v opensag')).output.startsWith(archives.folder),
    hasData: async () => ['data/master.key', 'agent'].every((name) => existsSync(join(archives.folder, name))),
    async post(to, path, body) {
      const target = new URL(path, to === 'server' ? url : consoleUrl)
      const sent =
        'json' in body
          ? { body: JSON.stringify(body.json), headers: { 'content-type': 'application/json' } }
          : { body: new URLSearchParams(body.form), headers: { origin: target.origin } }
      return (await fetch(target, { method: 'POST', redirect: 'manual', ...sent })).status
    },
  }

  async function run(line: string, input?: string): Promise<string> {
    const { code, output, errors } = await installed.run(line, input)
    if (code !== 0) throw new Error(`${line} ended with ${code}: ${errors}${output}`)
    return output
  }

  const { firstStart, mainJobs, upgrade, removal } = matrixOf(way)
  firstStart()
  mainJobs()
  upgrade()
  removal()
})
