import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StoreClosed } from '../errors.ts'
import { libsqlDriver } from './driver.ts'
import { temporaryFolder } from './folders.suite.ts'

test('a call on a closed connection throws instead of aborting the process', async () => {
  const connection = libsqlDriver.open(join(await temporaryFolder(), 'a.db'), 'create')
  connection.exec('create table t (a)')
  const statement = connection.prepare('select a from t')
  connection.close()
  expect(() => statement.all([])).toThrow(StoreClosed)
  expect(() => connection.prepare('select 1')).toThrow(StoreClosed)
  expect(() => connection.exec('select 1')).toThrow(StoreClosed)
  expect(() => connection.inTransaction).toThrow(StoreClosed)
  expect(() => connection.close()).not.toThrow()
})

test('a connection closed inside a transaction takes it back and gives the lock free', async () => {
  const file = join(await temporaryFolder(), 'a.db')
  const first = libsqlDriver.open(file, 'create')
  first.exec('create table t (a); begin immediate; insert into t values (1)')
  first.close()
  const second = libsqlDriver.open(file, 'write')
  second.exec('begin immediate')
  expect(second.prepare('select a from t').all([])).toEqual([])
  second.close()
})
