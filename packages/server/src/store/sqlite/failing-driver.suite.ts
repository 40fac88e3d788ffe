import { type SqliteDriver, sqliteDriver } from './driver.ts'

/** An error as SQLite reports it. */
export function sqliteError(code: string): Error {
  return Object.assign(new Error(`injected ${code}`), { code })
}

/** The real driver, with `before` called for each statement; what it throws, the statement throws. */
export function observedDriver(before: (sql: string, rollback: () => void) => void): SqliteDriver {
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
              return statement.all(parameters)
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
