// The process that holds a quiet network: it takes its connections there and hands the socket on to the process that serves them.
import { createServer } from 'node:net'

const server = createServer().listen(Number(process.argv[2]), '127.0.0.1', () => {
  // Its own end is closed, or it would take some of the connections.
  process.send('listening', server, () => server.close())
})
process.once('disconnect', () => process.exit())
