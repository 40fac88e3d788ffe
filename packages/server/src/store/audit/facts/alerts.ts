import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { Found, factsColumn, type IdentityColumns } from './found.ts'
import type { FactsKey } from './subject.ts'

interface Given {
  readonly id: string
}

const own: IdentityColumns = { id: 'id', name: 'name', accountId: 'account_id' }

const ruleFields = {
  Name: 'name',
  Kind: 'kind',
  Threshold: 'threshold',
  SmartAGIds: 'instance_ids',
  ChannelIds: 'channel_ids',
  QuietFrom: 'quiet_from',
  QuietTo: 'quiet_to',
  QuietOffset: 'quiet_offset',
  RepeatMinutes: 'repeat_minutes',
  Enabled: 'enabled',
}

const channelFields = { Name: 'name', Kind: 'kind', Language: 'language' }
const alertFields = { State: 'state' }

const ruleById = compiledRow((db: Reader, given: Given) =>
  db
    .selectFrom('alert_rule')
    .select(factsColumn(db, own, ruleFields).as('facts'))
    .where('id', '=', given.id),
)

const channelById = compiledRow((db: Reader, given: Given) =>
  db
    .selectFrom('alert_channel')
    .select(factsColumn(db, own, channelFields).as('facts'))
    .where('id', '=', given.id),
)

const alertById = compiledRow((db: Reader, given: Given) =>
  db
    .selectFrom('alert')
    .select(factsColumn(db, { ...own, name: 'instance_name' }, alertFields).as('facts'))
    .where('id', '=', given.id),
)

export async function alertRuleFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await ruleById(db, { id: key })
  return row && new Found(ruleFields, row.facts)
}

export async function alertChannelFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await channelById(db, { id: key })
  return row && new Found(channelFields, row.facts)
}

export async function alertFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await alertById(db, { id: key })
  return row && new Found(alertFields, row.facts)
}
