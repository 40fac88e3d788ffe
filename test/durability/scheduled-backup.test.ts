import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runOpensag } from '../support/process.ts'
import { limit, until } from '../support/time.ts'
import { done } from './restore-site.ts'

test(
  'a server makes a backup by itself, private and whole, and a restart makes no other before its time',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opensag-scheduled-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const [data, backups] = [join(folder, 'data'), join(folder, 'backups')]
    const whole = async (): Promise<readonly string[]> =>
      (await readdir(backups).catch(() => [])).filter((name) => name.startsWith('opensag-'))
    for (let start = 0; start < 2; start++) {
      const running = runOpensag(['server', '--data', data, '--port', '0', '--backup-to', backups])
      await running.printed(/listens on/)
      await until('a backup', async () => (await whole()).length > 0)
      expect(await running.stop()).toBe(0)
    }
    const [name = '', ...others] = await whole()
    expect(others).toEqual([])
    expect((await stat(join(backups, name))).mode & 0o777).toBe(0o700)
    expect((await stat(join(backups, name, 'master.key'))).mode & 0o777).toBe(0o600)
    const report = await done('restore', '--from', join(backups, name), '--data', join(folder, 'restored'))
    expect(report).toMatch(/None has enrolled in this backup/)
  },
  limit(120_000),
)
