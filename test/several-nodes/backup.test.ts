// Backup, restore and verify of a PostgreSQL database, by the programs themselves.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captureV1, captureV3, done } from '../durability/restore-site.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { opensag, type Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { type Credentials, operatorOf, readCredentials } from '../support/sandbox.ts'
import { purchase, send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const patience = limit(240_000)
const { run, newFolder } = programsOfEachTest()

interface Started {
  readonly running: Running
  readonly endpoint: string
}

/** Once the second is over in which a restore was made: what is signed in it counts as signed before. */
async function start(data: string, ...more: readonly string[]): Promise<Started> {
  const running = run(['server', '--data', data, '--port', '0', ...more])
  const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
  const second = (): number => Math.floor(Date.now() / 1000)
  const begun = second()
  await until('the second of a restore is over', () => second() > begun)
  return { running, endpoint }
}

/** A node's folder with the master key of another one. */
async function nodeFolder(keyOf: string): Promise<string> {
  const folder = await newFolder('node')
  await copyFile(join(keyOf, 'master.key'), join(folder, 'master.key'))
  return folder
}

describe.skipIf(postgresBin === undefined)('PostgreSQL (enable with: apt-get install -y postgresql)', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres(postgresBin ?? '')
  }, limit(120_000))
  afterAll(() => postgres?.stop(), limit(60_000))

  const newDatabase = async (): Promise<string> => (await postgres.newDatabase()).url

  async function client(url: string): Promise<pg.Client> {
    const made = new pg.Client({ connectionString: url })
    made.on('error', () => {})
    await made.connect()
    return made
  }

  /** A node on a database of its own. */
  async function first(...more: readonly string[]) {
    const [url, data, keys] = [await newDatabase(), await newFolder('first'), await newFolder('keys')]
    const file = join(keys, 'credentials.json')
    const { running, endpoint } = await start(data, '--database', url, '--write-credentials', file, ...more)
    return { url, data, running, key: { ...(await readCredentials(keys)), endpoint } }
  }

  const instances = async (key: Credentials): Promise<number> =>
    Number((await send(key.endpoint, signedBody(key, 'DescribeSmartAccessGateways', {}))).body['TotalCount'])

  test(
    'what two nodes had acknowledged is in it, and a server goes on with it on a database and in a folder',
    async () => {
      const { url, data, running, key } = await first()
      const otherFolder = await nodeFolder(data)
      const other = await start(otherFolder, '--database', url)
      const acknowledged = new Set<string>()
      let isOver = false
      const working = [key.endpoint, other.endpoint].flatMap((endpoint) =>
        Array.from({ length: 3 }, async () => {
          while (!isOver) {
            const { status, body } = await send(endpoint, signedBody(key, 'CreateSmartAccessGateway', purchase))
            expect(status).toBe(200)
            acknowledged.add(String(body['SmartAGId']))
          }
        }),
      )
      const backups = await newFolder('backups')
      const wanted = { asked: ['--data', data], direct: ['--data', otherFolder, '--database', url] }
      const before = new Map<string, readonly string[]>()
      for (const [name, flags] of Object.entries(wanted)) {
        const more = acknowledged.size + 10
        await until('more was written', () => acknowledged.size >= more)
        before.set(name, [...acknowledged])
        const made = await opensag(['backup', '--to', join(backups, name), ...flags])
        expect(made).toMatchObject({ code: 0, output: expect.stringContaining('checked and on disk') })
        // Nobody had to wait for it: they wrote meanwhile.
        expect(acknowledged.size).toBeGreaterThan(before.get(name)?.length ?? 0)
        expect(await done('verify', '--from', join(backups, name))).toMatch(
          /^The backup in \S+ is whole: made \S+ by OpenSAG .*\d+ sealed values that its master key opens, .*\n$/,
        )
        expect((await readdir(join(backups, name))).sort()).toEqual(['manifest.json', 'master.key', 'opensag.db'])
        expect((await stat(join(backups, name, 'opensag.db'))).mode & 0o777).toBe(0o600)
      }
      isOver = true
      await Promise.all(working)
      // Signed before the restore: one was used, the other one was lost on its way.
      const signed = { key, action: 'CreateSmartAccessGateway', params: purchase, at: Date.now() }
      const captured = [captureV1(signed), captureV3(signed), captureV1(signed)]
      expect(await captured[0]?.(key.endpoint)).toMatchObject({ status: 200 })
      const stale = await opensag(['backup', '--to', join(backups, 'stale'), '--data', await stopped(data, running)])
      expect(stale).toMatchObject({ code: 1, errors: expect.stringContaining('keeps everything in PostgreSQL') })
      await other.running.kill()

      const restored = await newDatabase()
      const node = join(await newFolder('restored'), 'node')
      const into = ['restore', '--from', join(backups, 'asked'), '--data', node]
      const told = await done(...into, '--database', restored)
      expect(told).toContain('The database contains the backup of')
      expect(await opensag([...into, '--database', restored])).toMatchObject({
        code: 1,
        errors: expect.stringContaining('is not empty'),
      })
      expect(await readdir(join(node, '..'))).toEqual(['node'])
      const folder = join(await newFolder('folder'), 'data')
      await done('restore', '--from', join(backups, 'direct'), '--data', folder)

      for (const [name, place] of [
        ['asked', [node, '--database', restored]],
        ['direct', [folder]],
      ] as const) {
        const [at, ...flags] = place
        const again = await start(at, ...flags)
        const now = { ...key, endpoint: again.endpoint }
        const listed = new Set<string>()
        for (let page = 1; listed.size < (await instances(now)); page++) {
          const asked = { PageSize: '50', PageNumber: String(page) }
          const { body } = await send(now.endpoint, signedBody(now, 'DescribeSmartAccessGateways', asked))
          const found = body['SmartAccessGateways'] as { SmartAccessGateway: readonly { SmartAGId: string }[] }
          for (const { SmartAGId } of found.SmartAccessGateway) listed.add(SmartAGId)
        }
        expect((before.get(name) ?? []).filter((id) => !listed.has(id))).toEqual([])
        for (const request of captured) {
          expect(await request(now.endpoint)).toMatchObject({ body: { Code: 'InvalidTimeStamp.Expired' } })
        }
        expect(await instances(now)).toBe(listed.size)
        const { operator } = operatorOf(at)
        expect(await operator('audit', 'verify')).toMatchObject({ result: 'Intact' })
        // The nodes of the backup run no more, and are in nobody's way.
        expect(await operator('master-key', 'rotate')).toMatchObject({ unreadable: [] })
        await again.running.stop()
      }
    },
    patience,
  )

  async function stopped(data: string, running: Running): Promise<string> {
    await running.stop()
    return data
  }

  test(
    'a backup that is killed leaves nothing that has its name, and one that is made then is whole',
    async () => {
      const { url, data } = await first()
      const backups = await newFolder('backups')
      const to = join(backups, 'one')
      const holder = await client(url)
      await holder.query('begin; lock table vbr in access exclusive mode')
      const making = run(['backup', '--to', to, '--data', data, '--database', url])
      await until('it has begun', async () => (await readdir(backups)).some((name) => name.startsWith('.one.partial-')))
      await making.kill()
      await holder.query('rollback')
      await holder.end()
      const [left = ''] = await readdir(backups)
      expect(left).toMatch(/^\.one\.partial-/)
      const verified = await opensag(['verify', '--from', join(backups, left)])
      expect(verified).toMatchObject({ code: 1, errors: expect.stringContaining('holds no backup that can be read') })
      await done('backup', '--to', to, '--data', data, '--database', url)
      await done('verify', '--from', to)
    },
    patience,
  )

  test(
    'on a restore that was killed in the middle no server starts; it begins anew and ends',
    async () => {
      const { data } = await first()
      const backups = await newFolder('backups')
      await done('backup', '--to', join(backups, 'one'), '--data', data)
      const url = await newDatabase()
      const node = join(await newFolder('restored'), 'node')
      const restore = ['restore', '--from', join(backups, 'one'), '--data', node, '--database', url]
      // The tables are there; one of them does not take its rows until it is let.
      await (await import('../../packages/server/src/store/copy/postgres-side.ts'))
        .openPostgresTarget(url)
        .then((target) => target.close())
      const holder = await client(url)
      await holder.query(`create function wait() returns trigger language plpgsql as $$
        begin perform pg_advisory_xact_lock(1); return new; end $$`)
      await holder.query('create trigger wait before insert on setting for each row execute function wait()')
      await holder.query('select pg_advisory_lock(1)')
      const restoring = run(restore)
      const waiting = `select 1 from pg_locks where locktype = 'advisory' and objid = 1 and not granted`
      await until('it waits', async () => (await holder.query(waiting)).rowCount === 1)
      await restoring.kill()
      await holder.query('select pg_advisory_unlock(1); drop trigger wait on setting; drop function wait()')
      const started = await opensag(['server', '--data', node, '--port', '0', '--database', url])
      expect(started).toMatchObject({ code: 1, errors: expect.stringContaining('target of a copy that has not ended') })
      const copy = await opensag(['store', 'copy', '--from', url, '--to', join(backups, 'copy')])
      expect(copy).toMatchObject({ code: 1, errors: expect.stringContaining('is itself an interrupted copy') })
      await until('the connection of the killed one is gone', async () => {
        const others = await holder.query(
          `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
        )
        return others.rowCount === 0
      })
      await holder.end()
      await done(...restore)
      expect(await readdir(join(node, '..'))).toEqual(['node'])
      const again = await start(node, '--database', url)
      await again.running.stop()
    },
    patience,
  )

  test(
    'a gateway keeps the password it has settled since the backup, and the restored database learns it',
    async () => {
      const { url, data, running, key } = await first('--heartbeat', '2')
      const { operator, device } = operatorOf(data)
      const serial = 'sag00001'
      const added = await operator<{ readonly instanceId: string; readonly enrolmentKey: string }>(
        ...['gateway', 'add', '--name', 'branch', '--model', 'sag-1000', '--cidr', '10.0.0.0/24', '--serial', serial],
      )
      const box = await newFolder('box')
      const keyFile = join(box, 'enrolment-key')
      await writeFile(keyFile, `${added.enrolmentKey}\n`, { mode: 0o600 })
      const { host, port } = new URL(key.endpoint)
      run([
        ...['agent', '--server', `ws://${host}/channel`, '--serial', serial, '--data', join(box, 'data')],
        ...['--console', '127.0.0.1:0', '--enrolment-key-file', keyFile, '--log-level', 'error'],
      ])
      const there = await device(serial, ({ online, localConsole }) => online && localConsole !== null)
      const console = there.localConsole ?? ''
      await setFirstPassword(console, 'First_pass01')
      const change = async (Password: string): Promise<unknown> => {
        const params = { SmartAGId: added.instanceId, SmartAGSn: serial, Password }
        return send(key.endpoint, signedBody(key, 'ModifySAGAdminPassword', params))
      }
      const opensTo = async (...passwords: readonly string[]): Promise<readonly string[]> => {
        const found: string[] = []
        for (const password of passwords) if ((await logOn(console, password)) === 303) found.push(password)
        return found
      }
      expect(await change('Second_pass2')).toMatchObject({ status: 200 })
      const backup = join(await newFolder('backups'), 'one')
      await done('backup', '--to', backup, '--data', data, '--database', url)
      expect(await change('Third_pass33')).toMatchObject({ status: 200 })
      await running.stop()

      const restored = await newDatabase()
      const node = join(await newFolder('restored'), 'node')
      await done('restore', '--from', backup, '--data', node, '--database', restored)
      await start(node, '--database', restored, '--heartbeat', '2', '--port', port)
      await operatorOf(node).device(serial)
      expect(await opensTo('Second_pass2', 'Third_pass33')).toEqual(['Third_pass33'])
      const events = await operatorOf(node).operator<readonly { readonly kind: string }[]>('device', 'events', serial)
      expect(events.map(({ kind }) => kind)).toContain('ServerRolledBack')
      expect(await change('Fourth_pass4')).toMatchObject({ status: 200 })
      expect(await opensTo('Second_pass2', 'Third_pass33', 'Fourth_pass4')).toEqual(['Fourth_pass4'])
    },
    patience,
  )

  test(
    'of two nodes with a schedule one makes the backup, in its own folder',
    async () => {
      const [one, other] = [join(await newFolder('one'), 'backups'), join(await newFolder('other'), 'backups')]
      const { url, data } = await first('--backup-to', one)
      await until('a backup', async () => (await wholeIn(one)).length > 0)
      const turn = async (): Promise<unknown> => {
        const holder = await client(url)
        const { rows } = await holder.query("select value from setting where name = 'backup-turn'")
        await holder.end()
        return JSON.parse(rows[0]?.value ?? '{}')
      }
      const ended = { madeAt: expect.any(Number) }
      const noted = await until('its end', async () =>
        'claim' in ((await turn()) as object) ? undefined : await turn(),
      )
      expect(noted).toEqual(ended)
      const second = await start(await nodeFolder(data), '--database', url, '--backup-to', other)
      await until('the other node asks', async () => (await readdir(other).catch(() => undefined)) !== undefined)
      await second.running.stop()
      // It would have claimed the turn by now.
      expect(await turn()).toEqual(noted)
      expect(await wholeIn(other)).toEqual([])
      const [name = '', ...more] = await wholeIn(one)
      expect(more).toEqual([])
      await done('verify', '--from', join(one, name))
    },
    patience,
  )

  test(
    'a database that was put back by other means is marked, and the nodes of then are forgotten',
    async () => {
      const { url, data, running, key } = await first()
      const captured = captureV1({ key, action: 'DescribeRegions', params: {}, at: Date.now() })
      await running.kill()
      const told = await done('restore', '--mark-only', '--database', url)
      expect(told).toContain('The database is marked as restored')
      const folder = await opensag(['restore', '--mark-only', '--data', data])
      expect(folder).toMatchObject({ code: 1, errors: expect.stringContaining('keeps everything in PostgreSQL') })
      const again = await start(data, '--database', url)
      expect(await captured(again.endpoint)).toMatchObject({ body: { Code: 'InvalidTimeStamp.Expired' } })
    },
    patience,
  )

  test(
    'a folder that was copied into a database is not backed up as if it were the database, until a server starts on it again',
    async () => {
      const data = join(await newFolder('moved'), 'data')
      const { running } = await start(data)
      await running.stop()
      const url = await newDatabase()
      await done('store', 'copy', '--from', data, '--to', url)
      const backups = await newFolder('backups')
      const backup = (name: string, ...more: readonly string[]) =>
        opensag(['backup', '--to', join(backups, name), '--data', data, ...more])
      expect(await backup('one')).toMatchObject({ code: 1, errors: expect.stringContaining('--database') })
      expect(await backup('two', '--database', url)).toMatchObject({ code: 0 })
      const again = await start(data)
      expect(again.running.output()).toContain('Without --database this server goes on with what is in its data folder')
      await again.running.stop()
      expect(await backup('three')).toMatchObject({ code: 0 })
      expect((await readdir(backups)).sort()).toEqual(['three', 'two'])
    },
    patience,
  )

  test(
    'another master key beside the database is refused, and is not written over',
    async () => {
      const { url, data } = await first()
      const [backups, node] = [await newFolder('backups'), await newFolder('node')]
      const other = randomBytes(32)
      await writeFile(join(node, 'master.key'), other, { mode: 0o600 })
      const made = await opensag(['backup', '--to', join(backups, 'one'), '--data', node, '--database', url])
      expect(made).toMatchObject({ code: 1, errors: expect.stringContaining("it is another one's") })
      expect(await readdir(backups)).toEqual([])
      await done('backup', '--to', join(backups, 'one'), '--data', data)
      const into = ['restore', '--from', join(backups, 'one'), '--data', node, '--database', await newDatabase()]
      expect(await opensag(into)).toMatchObject({ code: 1, errors: expect.stringContaining('is not written over') })
      expect(await readFile(join(node, 'master.key'))).toEqual(other)
    },
    patience,
  )

  test(
    'a standby is refused',
    async () => {
      const { url, data } = await first()
      const admin = await client(url)
      await admin.query(`create schema standby; create function standby.pg_is_in_recovery() returns boolean
      language sql as 'select true'`)
      await admin.end()
      const there = `${url}?options=${encodeURIComponent('-c search_path=standby,pg_catalog,public')}`
      const folder = await newFolder('backups')
      const made = await opensag(['backup', '--to', join(folder, 'one'), '--data', data, '--database', there])
      expect(made).toMatchObject({ code: 1, errors: expect.stringContaining('is a standby') })
      expect(await readdir(folder)).toEqual([])
    },
    patience,
  )
})

const wholeIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('opensag-'))

test.each([
  [['backup', '--to', 'x', '--database', 'postgres://sag:hidden@db/sag'], '--database-file'],
  [['restore', '--from', 'x', '--database', 'postgres://sag:hidden@db/sag'], '--database-file'],
  [['restore', '--from', 'x', '--replace', '--database', 'postgres://db/sag'], 'A database has to be empty'],
  [['backup', '--to', 'x', '--database', 'mysql://db/sag'], 'is not the URL of a PostgreSQL database'],
  [['verify', '--from', 'x', '--master-key', 'y', '--without-master-key'], 'not both'],
])('%j is used wrongly', async (flags, sentence) => {
  const { code, output, errors } = await opensag(flags)
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(errors).toContain(sentence)
  expect(errors).not.toContain('hidden')
})

test('a backup that does not lie there is no backup', async () => {
  const folder = await newFolder('empty')
  await mkdir(join(folder, 'one'))
  expect(await opensag(['verify', '--from', join(folder, 'one')])).toMatchObject({
    code: 1,
    output: '',
    errors: expect.stringContaining('holds no backup that can be read'),
  })
})
