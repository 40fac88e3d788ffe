import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { StoreClosed } from '../errors.ts'
import { sqliteCode } from './driver.ts'
import { driverOver, type SqliteEngine } from './engine.ts'
import { temporaryFolder } from './folders.suite.ts'
import { libsql } from './libsql.ts'
import { nodeSqlite } from './node-sqlite.ts'

/** Those that this Node can have: `test/node/own-sqlite.test.ts` runs this with a newer one. */
const engines: readonly SqliteEngine[] = [libsql, nodeSqlite()].filter((engine) => engine !== undefined)

describe.each(engines)('$name', (engine) => {
  const driver = driverOver(engine)
  const newFile = (): string => join(temporaryFolder(), 'a.db')

  test('a call on a closed connection throws instead of aborting the process', () => {
    const connection = driver.open(newFile(), 'create')
    connection.exec('create table t (a)')
    const statement = connection.prepare('select a from t')
    connection.close()
    expect(() => statement.all([])).toThrow(StoreClosed)
    expect(() => connection.prepare('select 1')).toThrow(StoreClosed)
    expect(() => connection.exec('select 1')).toThrow(StoreClosed)
    expect(() => connection.inTransaction).toThrow(StoreClosed)
    expect(() => connection.close()).not.toThrow()
  })

  test('a connection closed inside a transaction takes it back and gives the lock free', () => {
    const file = newFile()
    const first = driver.open(file, 'create')
    first.exec('create table t (a); begin immediate; insert into t values (1)')
    first.close()
    const second = driver.open(file, 'write')
    second.exec('begin immediate')
    expect(second.prepare('select a from t').all([])).toEqual([])
    second.close()
  })

  test('gives rows by the names of their columns, the first of them, and what a statement changed', () => {
    const connection = driver.open(newFile(), 'create')
    connection.exec('create table t (id integer primary key, a text, b real)')
    const insert = connection.prepare('insert into t (a, b) values (?, ?)')
    expect(insert.returnsRows).toBe(false)
    expect(insert.run(['x', 0.5])).toMatchObject({ changes: 1 })
    expect(Number(insert.run(['名称 ✓', null]).lastInsertRowid)).toBe(2)
    const select = connection.prepare('select * from t where id >= ? order by id')
    expect(select.returnsRows).toBe(true)
    const rows = [
      { id: 1, a: 'x', b: 0.5 },
      { id: 2, a: '名称 ✓', b: null },
    ]
    expect(select.all([1])).toStrictEqual(rows)
    expect(select.first([2])).toStrictEqual(rows[1])
    expect(select.first([3])).toBeUndefined()
    expect(select.all([2])).toStrictEqual(rows.slice(1))
    expect(select.first([1])).toStrictEqual(rows[0])
    expect(connection.prepare('update t set a = ?').run(['y']).changes).toBe(2)
    connection.close()
  })

  test('sees with the next statement what another connection wrote, also after a first row', () => {
    const file = newFile()
    const writer = driver.open(file, 'create')
    writer.exec('pragma journal_mode = wal; create table t (a); insert into t values (1), (2)')
    const reader = driver.open(file, 'read')
    expect(reader.prepare('select a from t order by a').first([])).toEqual({ a: 1 })
    writer.exec('insert into t values (0)')
    expect(reader.prepare('select count(*) as n from t').first([])).toEqual({ n: 3 })
    reader.close()
    writer.close()
  })

  test.each([true, undefined, Number.NaN, {}, new Date(0)])('refuses %s as a value', (value) => {
    const connection = driver.open(newFile(), 'create')
    connection.exec('create table t (a)')
    for (const use of ['all', 'first', 'run'] as const) {
      expect(() => connection.prepare('insert into t values (?)')[use]([value])).toThrow(TypeError)
    }
    connection.close()
  })

  test('names an error as SQLite does', () => {
    const file = newFile()
    const connection = driver.open(file, 'create')
    connection.exec('create table t (a unique); insert into t values (1)')
    const codeOf = (work: () => unknown): string | undefined => {
      try {
        work()
      } catch (error) {
        return sqliteCode(error)
      }
      return undefined
    }
    expect(codeOf(() => connection.prepare('insert into t values (1)').run([]))).toMatch(/^SQLITE_CONSTRAINT/)
    expect(codeOf(() => connection.prepare('select nonsense'))).toBe('SQLITE_ERROR')
    const reader = driver.open(file, 'read')
    expect(codeOf(() => reader.exec('insert into t values (2)'))).toMatch(/^SQLITE_READONLY/)
    reader.close()
    const other = driver.open(file, 'write')
    other.exec('pragma busy_timeout = 0')
    connection.exec('begin exclusive')
    expect(codeOf(() => other.exec('begin immediate'))).toMatch(/^SQLITE_BUSY/)
    other.close()
    connection.close()
    writeFileSync(file, 'no database at all, but long enough to be looked at as one')
    expect(codeOf(() => driver.open(file, 'read').prepare('select 1 from t'))).toBe('SQLITE_NOTADB')
  })

  test('keeps to foreign keys without being told', () => {
    const connection = driver.open(newFile(), 'create')
    connection.exec('create table p (id integer primary key); create table c (p references p (id))')
    expect(() => connection.exec('insert into c values (1)')).toThrow(/FOREIGN KEY/)
    connection.close()
  })

  test('a file that nobody else writes is read, with what its log holds, and nothing is left beside it', () => {
    const file = newFile()
    const connection = driver.open(file, 'create')
    connection.exec('pragma journal_mode = wal; create table t (a); insert into t values (1)')
    // As after a crash: the log is not in the database yet.
    const copy = newFile()
    for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, `${copy}${part}`)
    connection.close()
    for (const [path, beside] of [
      [file, ['a.db']],
      [copy, undefined],
    ] as const) {
      const reader = driver.open(path, 'alone')
      expect(reader.prepare('select a from t').all([])).toEqual([{ a: 1 }])
      reader.close()
      if (beside !== undefined) expect(readdirSync(dirname(path))).toEqual(beside)
    }
  })
})
