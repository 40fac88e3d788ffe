import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { type ServerProgram, startServerProgram } from '../support/server.ts'
import { limit } from '../support/time.ts'

// What is in deploy/ for systemd, Prometheus and Grafana, checked by the programs that read it.

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined
const deploy = join(root, 'deploy')
const alerts = join(deploy, 'prometheus/alerts.yml')
const folder = mkdtempSync(join(tmpdir(), 'opensag-monitoring-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!has('systemd-analyze'))('units (apt-get install -y systemd)', () => {
  test.each([
    ['opensag.service', undefined, 2],
    ['opensag-agent.service', undefined, 3],
    ['opensag-agent.service', 'opensag-agent-network.conf', 4.5],
    ['opensag-pop.service', undefined, 5.5],
  ])('%s (with %s) is read without a complaint, and exposes at most %d of 10', (name, more, most) => {
    const place = mkdtempSync(join(folder, 'units-'))
    const unit = join(place, name)
    cpSync(join(deploy, 'systemd', name), unit)
    if (more !== undefined) cpSync(join(deploy, 'systemd', more), join(`${unit}.d`, 'network.conf'))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    const args = ['security', '--offline=true', '--no-pager', `--threshold=${most * 10}`, unit]
    const { status: exposed, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' })
    expect([exposed, /Overall exposure level for .*/.exec(stdout)?.[0]]).toEqual([0, expect.anything()])
  })
})

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[]
}
const dashboard = JSON.parse(readFileSync(join(deploy, 'grafana/opensag.json'), 'utf8')) as Dashboard
const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
const alerted = [...readFileSync(alerts, 'utf8').matchAll(/^ {8}expr: (?:\|\n((?: {10}.*\n)+)|(.*))/gm)].map(
  ([, long, short]) => long ?? short ?? '',
)

describe.skipIf(!has('promtool'))('Prometheus (apt-get install -y prometheus)', () => {
  test('reads the alerts, and they fire when they should and not before', () => {
    const promtool = (...args: readonly string[]): string =>
      execFileSync('promtool', args, { cwd: join(deploy, 'prometheus'), encoding: 'utf8' })
    expect(promtool('check', 'rules', '--lint-fatal', 'alerts.yml')).toContain('SUCCESS')
    expect(promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS')
  })

  test('reads each expression of the dashboard', () => {
    const rules = shown.map((expr, index) => {
      const filled = expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*')
      return `      - { record: 'a:b${index}', expr: ${JSON.stringify(filled)} }`
    })
    const file = join(folder, 'dashboard.yml')
    writeFileSync(file, `groups:\n  - name: dashboard\n    rules:\n${rules.join('\n')}\n`)
    expect(execFileSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })).toContain(`${shown.length} rules`)
  })
})

describe('names', () => {
  let server: ServerProgram
  /** The names of series, each with the labels that may select among them. */
  let text = ''
  beforeAll(async () => {
    const data = join(folder, 'data')
    server = await startServerProgram(data)
    text = await new Promise<string>((resolve, reject) => {
      request({ socketPath: join(data, 'operator.sock'), path: '/metrics' }, (answer) => {
        let heard = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          heard += chunk
        })
        answer.on('end', () => resolve(heard))
      })
        .on('error', reject)
        .end()
    })
  }, limit(60_000))
  afterAll(() => server.running.stop())

  test('in dashboard and alerts are those that a server shows', () => {
    expect([shown.length > 20, alerted.length]).toEqual([true, 13])
    const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]))
    const series = new Set(
      [...types].flatMap(([name, type]) =>
        type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
      ),
    )
    const used = new Set(
      [...shown, ...alerted].flatMap((expr) => expr.match(/\b(?:opensag|process|nodejs)_\w+|\bup\b/g) ?? []),
    )
    expect([...used].filter((name) => name !== 'up' && !series.has(name))).toEqual([])
    // All of ours are on the dashboard, so that none is forgotten.
    const ours = [...types.keys()].filter((name) => name.startsWith('opensag_') && name !== 'opensag_disk_low')
    expect(ours.filter((name) => !shown.some((expr) => expr.includes(name)))).toEqual([])
  })

  test('are explained in docs/monitoring.md, each of them', () => {
    const page = readFileSync(join(root, 'docs/monitoring.md'), 'utf8')
    const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([])
  })
})
