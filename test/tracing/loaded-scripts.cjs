// Preloaded into a program: prints at its end which of its scripts it has loaded, one a line.
const { Session } = require('node:inspector')

const loaded = new Set()
const session = new Session()
session.connect()
session.on('Debugger.scriptParsed', ({ params }) => loaded.add(params.url))
session.post('Debugger.enable')
process.on('exit', () => {
  for (const url of loaded) console.log(`loaded ${url}`)
})
