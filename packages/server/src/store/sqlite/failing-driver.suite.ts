import { type SqliteDriver, sqliteDriver } from './driver.ts'

/** An error as SQLite reports it. */
export function sqliteError(code: string): Error {
  return Object.assign(new Error(`injected ${code}`), { code })
}

/** The real driver, with the rows that statements return shown to `read`. */
export function countingDriver(read: (rows: readonly unknown[]) => void): SqliteDriver {
  return observedDriver(() => {}, read)
}

/** The real driver, with `before` called for each statement; what it throws, the statement throws. */
export function observedDriver(
  before: (sql: string, rollback: () => void) => void,
  read: (rows: readonly unknown[]) => void = () => {},
): SqliteDriver {
  return {
    open(file, mode) {
      const connection = sqliteDriver.open(file, mode)
      const rollback = (): void => connection.exec('rollback')
      return {
        get inTransaction() {
          return connection.inTransaction
        },
        close: () => connection.close(),
        exec(sql) {
          before(sql, rollback)
          connection.exec(sql)
        },
        prepare(sql) {
          const statement = connection.prepare(sql)
          return {
            returnsRows: statement.returnsRows,
            all(parameters) {
              before(sql, rollback)
              const rows = statement.all(parameters)
              read(rows)
              return rows
            },
            first(parameters) {
              before(sql, rollback)
              return statement.first(parameters)
            },
            run(parameters) {
              before(sql, rollback)
              return statement.run(parameters)
            },
          }
        },
      }
    },
  }
}
