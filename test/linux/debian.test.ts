import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { earlierPackages } from '../packages/earlier.ts'
import { curlArgs, earlier, matrixOf, type Way } from '../packages/matrix.ts'
import { artefacts } from '../support/artefacts.ts'
import { runToEnd } from '../support/process.ts'
import { limit, until } from '../support/time.ts'
import { type Machine, type Outcome, pidInside, startMachine, whatBoxesNeed } from './box.ts'
import { buildPackages, commandOfUnit, whatPackagesNeed } from './packages.ts'

const lack =
  whatBoxesNeed({
    'dpkg-deb': 'dpkg',
    lintian: 'lintian',
    strip: 'binutils',
    adduser: 'adduser',
    curl: 'curl',
    man: 'man-db',
    fish: 'fish',
  }) ?? whatPackagesNeed()
/** What runs the tests may have an `opensag` of its own in front. */
const systemPath = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'
const serverData = '/var/lib/opensag'
const agentData = '/var/lib/opensag-agent'
const settings = '/etc/opensag/agent.env'
const ports = { server: 7240, console: 8240 }

/** A program of a unit in the box. */
interface Started {
  output(): string
  /** Bytes in memory. */
  resident(): number
  /** Waits until it is so; ends at once with what it said when the program ends before. */
  becomes(what: string, look: () => Promise<boolean>): Promise<unknown>
  stop(): Promise<void>
}

function residentOf(pid: number | undefined): number {
  if (pid === undefined) throw new Error('The program does not run.')
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1024
}

/** One machine's life with both packages; each test goes on where the one before ended. */
describe.skipIf(lack !== undefined)(`the packages of Debian${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-debian-test-'))
  let box: Machine
  let first: readonly string[] = []
  let earlierFiles: readonly string[] = []
  let edited = ''
  let traces: string
  let server: Started
  let agent: Started

  beforeAll(async () => {
    first = await artefacts('debian')
    earlierFiles = earlierPackages(earlier, first, join(folder, 'earlier'))
    box = await startMachine()
    // The box has its own /etc and /var/lib already; the host's programs are not to be touched either.
    const layer = `set -e
      mkdir -p /run/up /run/wk /run/cache && mount -t tmpfs tmpfs /run/cache && mkdir /run/cache/up /run/cache/wk
      mount -t overlay ov -o lowerdir=/usr,upperdir=/run/cache/up,workdir=/run/cache/wk /usr`
    await must('sh', '-c', layer)
    traces = await tracesInBox()
  }, limit(300_000))

  afterAll(async () => {
    await box?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function must(...command: readonly [string, ...string[]]): Promise<string> {
    const { status, stdout, stderr } = await inBox(...command)
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stdout}${stderr}`)
    return stdout
  }

  const inBox = (...command: readonly [string, ...string[]]): Promise<Outcome> =>
    box.run(['env', '-i', '-C', '/', systemPath, ...command])
  const tracesInBox = (): Promise<string> =>
    must('sh', '-c', "find /etc /usr /var/lib /var/cache -name '*opensag*' -not -path '*/overlay*' 2>/dev/null | sort")

  function start(unit: string): Started {
    const child = box.start(commandOfUnit(box, unit))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    const closed = once(child, 'close')
    const isEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
    return {
      output: () => output,
      resident: () => residentOf(pidInside(child)),
      becomes: (what, look) =>
        until(what, async () => {
          if (isEnded()) throw new Error(`${unit} has ended: ${output}`)
          return look()
        }),
      async stop() {
        const pid = pidInside(child)
        if (pid !== undefined) process.kill(pid, 'SIGTERM')
        await closed
      },
    }
  }

  /** What Node itself takes, without a program of ours. */
  async function bareNode(): Promise<number> {
    const child = box.start(['/usr/lib/opensag-agent/node', '-e', 'console.log("up"); setInterval(() => {}, 1000)'])
    if (child.stdout !== null) await once(child.stdout, 'data')
    const pid = pidInside(child)
    const resident = residentOf(pid)
    if (pid !== undefined) process.kill(pid)
    await once(child, 'close')
    return resident
  }

  /** By the file that bash-completion loads at the first Tab. */
  async function completedByBash(word: string): Promise<string> {
    const ask =
      'source /usr/share/bash-completion/completions/opensag; COMP_WORDS=(opensag "$0"); COMP_CWORD=1; _opensag'
    return (await must('bash', '-c', `${ask}; echo "\${COMPREPLY[*]}"`, word)).trim()
  }

  const health = (data: string, ...of: readonly string[]) => inBox('opensag', ...of, 'health', '--data', data)
  /** The release before has no `opensag health`. */
  const isServerReady = async (): Promise<boolean> =>
    (await inBox('curl', '-sf', '-o', '/dev/null', `http://127.0.0.1:${ports.server}/readyz`)).status === 0
  const isAgentOnline = async (): Promise<boolean> => (await health(agentData, 'agent')).status === 0

  const way: Way = {
    install: (which) => must('dpkg', '-i', ...(which === 'this' ? first : earlierFiles)),
    remove: () => must('dpkg', '-r', 'opensag-agent'),
    async startServer() {
      server = start('opensag.service')
      await server.becomes('ready', isServerReady)
    },
    async startAgent() {
      agent = start('opensag-agent.service')
      await agent.becomes('at its console', async () => agent.output().includes('Local console: '))
    },
    stopServer: () => server.stop(),
    stopAgent: () => agent.stop(),
    async configureAgent(serial, enrolmentKey) {
      writeFileSync(box.path('/run/key'), enrolmentKey, { mode: 0o600 })
      const lines = [
        `OPENSAG_AGENT_SERVER=ws://127.0.0.1:${ports.server}/channel`,
        `OPENSAG_AGENT_SERIAL=${serial}`,
        `OPENSAG_AGENT_OPTIONS="--enrolment-key-file /run/key --console 127.0.0.1:${ports.console}"`,
      ]
      appendFileSync(box.path(settings), `${lines.join('\n')}\n`)
      edited = readFileSync(box.path(settings), 'utf8')
    },
    async opensag(args, stdin = '') {
      const place = args[0]?.startsWith('-') ? [] : ['--data', serverData]
      const { status, stdout, stderr } = await box.run(
        ['env', '-i', '-C', '/', systemPath, 'opensag', ...args, ...place],
        { stdin },
      )
      if (status !== 0) throw new Error(`opensag ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
      return stdout
    },
    isInstalled: async () => (await inBox('sh', '-c', 'command -v opensag')).status === 0,
    async hasData() {
      const kept = [`${serverData}/master.key`, `${agentData}/identity.json`, settings]
      return (await inBox('ls', ...kept)).status === 0
    },
    async post(to, path, body) {
      return Number(await must('curl', ...curlArgs(`http://127.0.0.1:${ports[to]}`, path, body)))
    },
  }
  const { firstStart, mainJobs, upgrade, removal } = matrixOf(way)

  test(
    'lintian has nothing to say against them',
    async () => {
      // Spelling in a program is of no weight to it, and takes a third of its time to look for.
      const wanted = ['--allow-root', '-X', 'binaries/spelling', '--fail-on', 'error,warning']
      const { code, output } = await runToEnd('lintian', [...wanted, ...first])
      expect({ code, output }).toEqual({ code: 0, output: '' })
    },
    limit(120_000),
  )

  test(
    'the same sources give the same bytes',
    async () => {
      const [again = ''] = await buildPackages(join(folder, 'again'), '--only', 'opensag-server')
      const before = first.find((file) => basename(file) === basename(again)) ?? ''
      expect(readFileSync(again).equals(readFileSync(before))).toBe(true)
    },
    limit(60_000),
  )

  firstStart()

  test('the manual and the completion of each shell are where they are looked for', async () => {
    expect(await must('man', '-w', 'opensag', 'opensag-agent', 'opensag-rotate')).toMatch(
      /\/opensag\.1\.gz\n.*\/opensag-agent\.1\.gz\n.*\/opensag-rotate\.1\.gz\n/,
    )
    expect(await must('fish', '-c', "complete -C 'opensag rot'")).toMatch(/^rotate\t/)
    expect(await completedByBash('rot')).toBe('rotate')
    expect(await must('head', '-n', '1', '/usr/share/zsh/vendor-completions/_opensag')).toBe('#compdef opensag\n')
  })

  test('both are installed beside one another, each with a folder that only its user reads, and the first key pair too', async () => {
    expect(await must('stat', '-c', '%a %U', serverData, agentData)).toBe('700 opensag\n700 root\n')
    expect(await must('stat', '-c', '%a %U', `${serverData}/credentials.json`)).toBe('600 opensag\n')
  })

  mainJobs()
  upgrade()

  test('the upgrade has left settings as they were, did no first start, and has units that systemd understands', async () => {
    expect(await must('dpkg', '-s', 'opensag-server')).toMatch(/^Version: .*-1$/m)
    expect(readFileSync(box.path(settings), 'utf8')).toBe(edited)
    expect(server.output()).not.toContain('First start')
    const units = ['opensag', 'opensag-agent', 'opensag-pop'].map((name) => `/usr/lib/systemd/system/${name}.service`)
    expect(await inBox('systemd-analyze', 'verify', '--man=no', ...units)).toMatchObject({ status: 0, stderr: '' })
  })

  test('the agent takes little more memory than Node itself, and its health is that of its connection', async () => {
    await way.stopAgent()
    // The local console is loaded when it is first visited.
    await way.startAgent()
    // 68 MiB, where this Node has 47: of a program that lies in memory, as in the box, more is mapped than from a disk.
    const most = 1.45 * (await bareNode())
    await agent.becomes('small', async () => agent.resident() <= most)
    await server.stop()
    await agent.becomes('away', async () => !(await isAgentOnline()))
    expect((await health(agentData, 'agent')).stderr).toMatch(/^(waiting|connecting)/)
    await way.startServer()
    await agent.becomes('back', isAgentOnline)
  })

  test('where the server is removed, the command is that of the agent', async () => {
    await way.stopServer()
    await must('dpkg', '-r', 'opensag-server')
    expect((await inBox('opensag', '--version')).status).toBe(0)
  })

  removal()

  test('a purge leaves nothing but the name of the user', async () => {
    await must('dpkg', '-P', 'opensag-server', 'opensag-agent')
    expect(await tracesInBox()).toBe(traces)
    expect(await must('id', '-un', 'opensag')).toBe('opensag\n')
  })
})
