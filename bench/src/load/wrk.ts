import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Generator, Load, Played } from './generator.ts'

/** Between two requests in the file; in none of them. */
const end = '\0'

/** What `wrk` sends, and what it says at the end. Each connection takes the next request there is. */
const script = `
local threads = {}
function setup(thread) table.insert(threads, thread) end

function init(args)
  again = args[2] == 'again'
  requests, place, missing = {}, 0, 0
  local file = assert(io.open(args[1], 'rb'))
  for request in file:read('*a'):gmatch('[^%z]+') do requests[#requests + 1] = request end
  file:close()
end

function request()
  place = place + 1
  if place > #requests then
    place = again and 1 or #requests
    if not again then
      missing = 1
      wrk.thread:stop()
    end
  end
  return requests[place]
end

function done(summary, latency)
  local missing = 0
  for _, thread in ipairs(threads) do missing = missing + thread:get('missing') end
  local errors = summary.errors
  io.write(string.format('\\n{"answers":%d,"micros":%d,"failures":%d,"broken":%d,"p50":%d,"p99":%d,"missing":%d}\\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), missing))
end
`

interface Summary {
  readonly answers: number
  readonly micros: number
  readonly failures: number
  readonly broken: number
  readonly p50: number
  readonly p99: number
  readonly missing: number
}

/** @param folder for its script and the requests of one round */
export function wrkGenerator(folder: string): Generator {
  const scriptFile = join(folder, 'wrk.lua')
  const requestsFile = join(folder, 'wrk.requests')
  writeFileSync(scriptFile, script)
  return {
    name: 'wrk -t1',
    async play(load) {
      writeFileSync(requestsFile, Buffer.concat(load.requests.flatMap((request) => [request, Buffer.from(end)])))
      try {
        return await run(load, scriptFile, requestsFile)
      } finally {
        rmSync(requestsFile)
      }
    },
  }
}

async function run(load: Load, scriptFile: string, requestsFile: string): Promise<Played> {
  const { port, secure, connections, seconds, again } = load
  const url = `${secure ? 'https' : 'http'}://127.0.0.1:${port}/`
  const size = ['-t1', `-c${connections}`, `-d${Math.max(1, Math.round(seconds))}s`, '--timeout', '30s']
  const child = spawn('wrk', [...size, '-s', scriptFile, url, requestsFile, again ? 'again' : 'once'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  const line = output.split('\n').findLast((text) => text.startsWith('{'))
  if (code !== 0 || line === undefined) throw new Error(`wrk ended with ${code}:\n${output}`)
  const { answers, micros, failures, broken, p50, p99, missing } = JSON.parse(line) as Summary
  if (broken > 0) throw new Error(`${broken} connections broke under load.`)
  const perSecond = answers / (micros / 1e6)
  return { perSecond, answers, failures, p50Ms: p50 / 1000, p99Ms: p99 / 1000, ranOut: missing > 0 }
}
