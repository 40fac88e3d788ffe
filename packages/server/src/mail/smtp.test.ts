import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { Secret } from '@opensag/protocol'
import { afterEach, expect, test } from 'vitest'
import { limit, until } from '../../../../test/support/time.ts'
import { MailNotSent, noMailer } from './mailer.ts'
import { resetMail } from './password-mail.ts'
import { createSmtpMailer, type SmtpSettings } from './smtp.ts'

interface MailServer {
  readonly port: number
  /** What the client said, each mail's content as one line. */
  readonly said: string[]
  readonly server: Server
}

const sockets = new Set<Socket>()
let running: MailServer | undefined

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((closed) => (running ? running.server.close(closed) : closed(undefined)))
  running = undefined
})

const answers: Readonly<Record<string, string>> = {
  EHLO: '250-test\r\n250 AUTH PLAIN',
  AUTH: '235 in',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  '.': '250 taken over',
  QUIT: '221 bye',
}

/** Speaks just enough SMTP. `silent` accepts connections and says nothing. */
async function mailServer(more: Readonly<Record<string, string>> = {}, silent = false): Promise<MailServer> {
  const said: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    if (silent) return
    socket.write('220 test\r\n')
    let pending = ''
    let content: string[] | undefined
    socket.on('data', (chunk) => {
      pending += String(chunk)
      const lines = pending.split('\r\n')
      pending = lines.pop() ?? ''
      for (const line of lines) {
        if (content !== undefined && line !== '.') {
          content.push(line)
          continue
        }
        said.push(content === undefined ? line : content.join('\n'))
        content = undefined
        const verb = line.split(' ', 1)[0] ?? ''
        if (verb === 'DATA') content = []
        socket.write(`${{ ...answers, ...more }[verb] ?? '502 what'}\r\n`)
      }
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  running = { port: (server.address() as AddressInfo).port, said, server }
  return running
}

function mailer(port: number, more: Partial<SmtpSettings> = {}) {
  const settings = { host: '127.0.0.1', port, secure: false, from: 'opensag@example.com', timeoutMs: limit(60_000) }
  return createSmtpMailer({ ...settings, ...more })
}

const mail = resetMail({
  to: 'user@example.com',
  instanceId: 'sag-1',
  enterpriseCode: '12P34',
  userName: 'doctest',
  password: Secret.of('teste111'),
})

/** How sending it fails. */
async function failure(sending: Promise<void>): Promise<Error> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MailNotSent)) throw new Error('The mail was sent.', { cause: error })
  return error
}

test('hands the mail to the server in both languages', async () => {
  const { port, said } = await mailServer()
  await mailer(port).send(mail)
  expect(said).toContain('MAIL FROM:<opensag@example.com>')
  expect(said).toContain('RCPT TO:<user@example.com>')
  const content = said.find((line) => line.includes('Content-Transfer-Encoding: base64')) ?? ''
  const text = Buffer.from(content.slice(content.indexOf('\n\n')), 'base64').toString()
  for (const fact of ['sag-1', '12P34', 'doctest', 'teste111']) expect(text.split(fact)).toHaveLength(3)
  expect(text).toContain('The password of your account for remote access has been reset.')
  expect(text).toContain('密码已重置')
})

test('says who it is when it has a user', async () => {
  const { port, said } = await mailServer()
  await mailer(port, { user: 'opensag', password: Secret.of('mail-password') }).send(mail)
  expect(said).toContain(`AUTH PLAIN ${Buffer.from('\0opensag\0mail-password').toString('base64')}`)
})

test.each([
  ['RCPT', '550 no such user teste111'],
  ['.', '554 refused: teste111'],
])('tells where it failed, and nothing of what was in the mail (%s)', async (verb, answer) => {
  const { port } = await mailServer({ [verb]: answer })
  const error = await failure(mailer(port).send(mail))
  expect(error.message).toContain(answer.slice(0, 3))
  expect(inspect(error)).not.toContain('teste111')
})

test('a wrong password at the mail server is told without it', async () => {
  const { port } = await mailServer({ AUTH: '535 wrong' })
  const error = await failure(mailer(port, { user: 'opensag', password: Secret.of('mail-password') }).send(mail))
  expect(error.message).toContain('535')
  expect(inspect(error)).not.toContain('mail-password')
})

test('gives up on a server that does not answer, and on one that is not there', async () => {
  const { port, server } = await mailServer({}, true)
  await failure(mailer(port, { timeoutMs: 50 }).send(mail))
  for (const socket of sockets) socket.destroy()
  await new Promise((closed) => server.close(closed))
  await failure(mailer(port).send(mail))
})

test('gives up on a server that always says one more word, and lets go of its connection', async () => {
  const { port, server } = await mailServer({ MAIL: '250-wait' })
  server.on('connection', (socket) => {
    const more = setInterval(() => socket.write('250-wait\r\n'), 5)
    socket.on('close', () => clearInterval(more))
  })
  await failure(mailer(port, { timeoutMs: 300 }).send(mail))
  await until('no socket is left', () => sockets.size === 0)
})

test('sends nothing in the clear to a server that is not on this machine', async () => {
  const { port, said } = await mailServer()
  // Reaches this machine by an address that is not known to be its own.
  await failure(mailer(port, { host: '0.0.0.0', user: 'opensag', password: Secret.of('mail-password') }).send(mail))
  expect(said.filter((line) => /^(AUTH|MAIL|RCPT|DATA)/.test(line))).toEqual([])
})

test('without a mail server every mail fails clearly', async () => {
  expect((await failure(noMailer.send(mail))).message).toBe('No mail server is configured.')
})
