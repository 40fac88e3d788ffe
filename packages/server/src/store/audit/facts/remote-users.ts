import { numberToIpv4 } from '@opensag/rules'
import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn } from './found.ts'
import type { FactsKey } from './subject.ts'

const userFields: Fields = {
  UserMail: 'mail',
  Bandwidth: 'bandwidth',
  AccelerateBandwidth: 'accelerate_bandwidth',
  ClientIp: 'client_ip',
  State: 'state',
  OriginSmartAGId: 'roamed_from',
}
const userOfInstance = compiledRow((db: Reader, given: { instanceId: string; name: string }) =>
  db
    .selectFrom('client_user')
    .select(factsColumn(db, { id: 'name', name: 'name', accountId: null }, userFields).as('facts'))
    .where('instance_id', '=', given.instanceId)
    .where('name', '=', given.name),
)

const codeFields: Fields = { IsDefault: 'is_default' }
const codeByText = compiledRow((db: Reader, given: { code: string }) =>
  db
    .selectFrom('enterprise_code')
    .select(factsColumn(db, { id: 'code', name: 'shown', accountId: 'account_id' }, codeFields).as('facts'))
    .where('code', '=', given.code),
)

export async function clientUserFacts(
  db: Reader,
  { key, within = '', lists = [] }: FactsKey,
): Promise<Found | undefined> {
  const row = await userOfInstance(db, { instanceId: within, name: key })
  if (row === undefined) return undefined
  const found = new Found(userFields, row.facts)
  if (!lists.includes('sessions')) return found
  const sessions = db.selectFrom('client_session').select('address').where('instance_id', '=', within)
  const rows = await sessions.where('user_name', '=', key).execute()
  return found.withList(
    'Sessions',
    rows.map(({ address }) => numberToIpv4(address)),
  )
}

export async function enterpriseCodeFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await codeByText(db, { code: key.toLowerCase() })
  return row && new Found(codeFields, row.facts)
}
