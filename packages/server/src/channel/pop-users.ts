import { type FromGateway, type FromServer, Secret } from '@opensag/protocol'
import type { ChannelContext } from './context.ts'

type OfUser = Extract<FromGateway, { readonly kind: 'log-on' | 'log-off' | 'users-alive' }>

export function isOfUser(message: FromGateway): message is OfUser {
  return message.kind === 'log-on' || message.kind === 'log-off' || message.kind === 'users-alive'
}

/** Questions of one point of presence that are not answered yet; more than the server checks passwords at once. */
const mostUnderWay = 256

/** By connection: of thousands of gateways two at most ask anything. */
const opened = new WeakMap<object, PopUsers>()

export function popUsersOf(...[link, context, serial]: ConstructorParameters<typeof PopUsers>): PopUsers {
  const users = opened.get(link) ?? new PopUsers(link, context, serial)
  opened.set(link, users)
  return users
}

/** What one point of presence asks about its remote users. Nothing else it says waits for the answers. */
export class PopUsers {
  private readonly link: { send(message: FromServer): void }
  private readonly context: Pick<ChannelContext, 'tunnelUsers' | 'logger'>
  private readonly serial: string
  private underWay = 0

  constructor(
    link: { send(message: FromServer): void },
    context: Pick<ChannelContext, 'tunnelUsers' | 'logger'>,
    serial: string,
  ) {
    this.link = link
    this.context = context
    this.serial = serial
  }

  take(message: OfUser): void {
    if (this.underWay >= mostUnderWay) {
      if (message.kind === 'log-on') this.link.send({ kind: 'logged-on', id: message.id, refused: 'ServerBusy' })
      return
    }
    this.underWay += 1
    this.answer(message)
      .catch((error: unknown) => this.problem(error))
      .finally(() => {
        this.underWay -= 1
      })
  }

  /** Sessions that were ended on purpose, or changed. */
  async look(sessions: readonly string[]): Promise<Readonly<Record<string, never>>> {
    const { tunnelUsers } = this.context
    for (const session of tunnelUsers === undefined ? [] : sessions) {
      const now = await tunnelUsers?.look(this.serial, session)
      if (now === undefined) this.end(session, true)
      else this.link.send({ kind: 'user-bandwidth', session, bandwidth: now.bandwidth })
    }
    return {}
  }

  private async answer(message: OfUser): Promise<void> {
    const { link, serial } = this
    const { tunnelUsers } = this.context
    if (tunnelUsers === undefined) return
    if (message.kind === 'log-on') {
      const { kind: _, id, password, ...logon } = message
      const answer = await tunnelUsers.logOn(serial, { ...logon, password: Secret.of(password) })
      if ('refused' in answer) link.send({ kind: 'logged-on', id, refused: answer.refused })
      else {
        // First, or the pop would end the new one of the account with the old.
        if (answer.replaced !== undefined) this.end(answer.replaced, true)
        link.send({ kind: 'logged-on', id, online: answer.online })
      }
    } else if (message.kind === 'users-alive') {
      for (const session of await tunnelUsers.alive(serial, message.sessions, message.bytes)) this.end(session, false)
    } else await tunnelUsers.logOff(serial, message.session, message.bytes)
  }

  private end(session: string, final: boolean): void {
    this.link.send({ kind: 'user-ended', session, final })
  }

  private problem(error: unknown): void {
    this.context.logger.error(
      { serial: this.serial, err: error },
      'A question about remote users could not be answered.',
    )
  }
}
