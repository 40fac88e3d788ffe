import type { Secret } from '@opensag/protocol'
import type { Selectable } from 'kysely'
import type { ChannelKind, ChannelLanguage } from '../../model/alert.ts'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import type { AlertChannelTable } from './tables.ts'

export function channelTargetContext(id: string): string {
  return `alert_channel/target_sealed/${id}`
}

export function channelSecretContext(id: string): string {
  return `alert_channel/secret_sealed/${id}`
}

/** Where alerts go. */
export interface AlertChannel {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly kind: ChannelKind
  readonly language: ChannelLanguage
  /** A mail address, or a URL with what proves that one may write there. */
  readonly target: Secret
  /** What messages are signed with. */
  readonly secret: Secret | undefined
  readonly createdAt: number
  /** When a message was sent last, and when one failed last, and why. */
  readonly sentAt: number | undefined
  readonly failedAt: number | undefined
  readonly failure: string | undefined
}

/** Where alerts go, inside one unit of work. */
export class AlertChannels {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined

  constructor(db: Reader | Writer, sealer: Sealer | undefined) {
    this.#db = db
    this.#sealer = sealer
  }

  /** The oldest first: an account has few. */
  async of(accountId: string): Promise<readonly AlertChannel[]> {
    const rows = await this.#db
      .selectFrom('alert_channel')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map((row) => this.#channelOfRow(row))
  }

  async find(accountId: string, id: string): Promise<AlertChannel | undefined> {
    const row = await this.#db
      .selectFrom('alert_channel')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return row && this.#channelOfRow(row)
  }

  async add(channel: Omit<AlertChannel, 'sentAt' | 'failedAt' | 'failure'>): Promise<void> {
    const { id, target, secret } = channel
    const sealer = this.#sealerNeeded()
    await (this.#db as Writer)
      .insertInto('alert_channel')
      .values({
        id,
        account_id: channel.accountId,
        name: channel.name,
        kind: channel.kind,
        language: channel.language,
        target_sealed: sealer.seal(target, channelTargetContext(id)),
        secret_sealed: secret === undefined ? null : sealer.seal(secret, channelSecretContext(id)),
        created_at: channel.createdAt,
        sent_at: null,
        failed_at: null,
        failure: null,
      })
      .execute()
  }

  /** Notes what became of a message. `failure`: why it was not sent. */
  async note(id: string, at: number, failure?: string): Promise<void> {
    await (this.#db as Writer)
      .updateTable('alert_channel')
      .set(failure === undefined ? { sent_at: at } : { failed_at: at, failure })
      .where('id', '=', id)
      .execute()
  }

  /** With what waits to be sent to it. */
  async remove(id: string): Promise<void> {
    await (this.#db as Writer).deleteFrom('alert_message').where('channel_id', '=', id).execute()
    await (this.#db as Writer).deleteFrom('alert_channel').where('id', '=', id).execute()
  }

  #channelOfRow(row: Selectable<AlertChannelTable>): AlertChannel {
    const sealer = this.#sealerNeeded()
    const { id, secret_sealed: secret } = row
    return {
      id,
      accountId: row.account_id,
      name: row.name,
      kind: row.kind,
      language: row.language,
      target: sealer.open(row.target_sealed, channelTargetContext(id)),
      secret: secret === null ? undefined : sealer.open(secret, channelSecretContext(id)),
      createdAt: row.created_at,
      sentAt: row.sent_at ?? undefined,
      failedAt: row.failed_at ?? undefined,
      failure: row.failure ?? undefined,
    }
  }

  #sealerNeeded(): Sealer {
    if (this.#sealer === undefined) throw new Error('Channels of alerts need a sealer.')
    return this.#sealer
  }
}
