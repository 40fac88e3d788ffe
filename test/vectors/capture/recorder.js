import { createServer } from 'node:net'

/**
 * A server that keeps requests exactly as they arrived, header names in the case they were sent, and answers all of
 * them with the same success.
 */
export async function startRecorder() {
  const recorded = []
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      for (let parsed = parse(bytes); parsed !== undefined; parsed = parse(bytes)) {
        recorded.push(parsed.request)
        bytes = bytes.subarray(parsed.length)
        const body = '{"RequestId":"00000000-0000-4000-8000-000000000000"}'
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json;charset=utf-8\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        )
      }
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { recorded, port: server.address().port, close: () => server.close() }
}

/** The first request in the bytes, and how many bytes it has; undefined while it is not complete. */
function parse(bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [line, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const [method, path] = line.split(' ')
  const headers = Object.fromEntries(
    lines.map((text) => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1).trim()]),
  )
  const header = (name) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const rest = bytes.subarray(end + 4)
  const body =
    header('transfer-encoding') === 'chunked' ? chunked(rest) : sized(rest, Number(header('content-length') ?? 0))
  if (body === undefined) return undefined
  return { request: { method, path, headers, body: body.content.toString('utf8') }, length: end + 4 + body.length }
}

function sized(bytes, length) {
  return bytes.length < length ? undefined : { content: bytes.subarray(0, length), length }
}

function chunked(bytes) {
  const chunks = []
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16)
    const start = lineEnd + 2
    if (bytes.length < start + size + 2) return undefined
    if (size === 0) return { content: Buffer.concat(chunks), length: start + 2 }
    chunks.push(bytes.subarray(start, start + size))
    at = start + size + 2
  }
}
