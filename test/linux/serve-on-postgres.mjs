// `opensag server` as it is, but its store is a PostgreSQL database. Usage: node serve-on-postgres.mjs <packages> <place>,
// where `packages` is the folder of the built packages and `place` a JSON text.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'

const [packages, place] = process.argv.slice(2)
const built = (file) => import(pathToFileURL(join(packages, 'server/dist', file)).href)
const { startServer } = await built('index.js')
const { openPostgresStore } = await built('store/postgres/open.js')
const { folder, host, port, database } = JSON.parse(place)

const server = await startServer({
  data: folder,
  host,
  port,
  tls: { cert: readFileSync(join(folder, 'server.pem')), key: readFileSync(join(folder, 'server.key')) },
  regionId: 'cn-shanghai',
  heartbeatMs: 1000,
  answerMs: 3000,
  configConfirmMs: 5000,
  logger: pino({ level: 'warn' }, pino.destination(2)),
  openStore: () => openPostgresStore({ connectionString: database }),
})
const { firstCredentials: first, url } = server
if (first !== undefined) {
  const credentials = { ...first, accessKeySecret: first.accessKeySecret.reveal(), endpoint: url }
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 })
}
