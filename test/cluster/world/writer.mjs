// Commits one row after the other and prints the number of each that was acknowledged, and when (milliseconds).
// Its database is in OPENSAG_WRITER_DATABASE, its table the only argument.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

const [table] = process.argv.slice(2)
const pool = new pg.Pool({
  connectionString: process.env.OPENSAG_WRITER_DATABASE,
  max: 1,
  connectionTimeoutMillis: 1000,
  // The client's own: the server may be frozen. After it the connection is thrown away, never the query cancelled.
  query_timeout: 2000,
})
// A connection ended while it had nothing to do, in the pool or between two queries: the next query fails, or makes another one.
pool.on('error', () => {})
pool.on('connect', (client) => client.on('error', () => {}))

async function once(work) {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function always(work) {
  for (;;) {
    try {
      return await once(work)
    } catch {
      await pause(50)
    }
  }
}

await always((client) => client.query(`create table if not exists ${table} (id bigint primary key)`))
for (let id = 1; ; id++) {
  try {
    await once(async (client) => {
      await client.query('begin')
      await client.query(`insert into ${table} values ($1)`, [id])
      await client.query('commit')
    })
    console.log(`${id} ${performance.now()}`)
  } catch {
    // In doubt: nothing is said of this one.
    await pause(50)
  }
}
