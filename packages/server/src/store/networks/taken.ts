import type { Cidr } from '@opensag/rules'
import type { Ccn, Span } from '../../model/ccn.ts'
import type { Reader } from '../store.ts'

/**
 * Addresses that a new branch of an account should not have, in any order: blocks of the account's instances and routes of its
 * leased lines, and, of a network, those of every member and of its CEN, addresses of translations and its SNAT range.
 */
export async function takenSpans(
  db: Reader,
  accountId: string,
  ccn: Ccn | undefined,
  ranges: readonly Cidr[],
): Promise<readonly Span[]> {
  const first = Math.min(...ranges.map((range) => range.first))
  const last = Math.max(...ranges.map((range) => range.last))
  const blocks = db
    .selectFrom('instance_cidr')
    .select(['first', 'last'])
    .where('first', '<=', last)
    .where('last', '>=', first)
  const routes = db
    .selectFrom('vbr_route')
    .innerJoin('vbr', 'vbr.id', 'vbr_route.vbr_id')
    .select(['vbr_route.first', 'vbr_route.last'])
  const cenId = ccn?.cenId
  const [own, lines, members, translated] = await Promise.all([
    blocks
      .where('instance_id', 'in', db.selectFrom('instance').select('id').where('account_id', '=', accountId))
      .execute(),
    routes
      .where((is) =>
        is.or([is('vbr.account_id', '=', accountId), ...(cenId === undefined ? [] : [is('vbr.cen_id', '=', cenId)])]),
      )
      .execute(),
    ccn === undefined ? [] : blocks.where('ccn_id', '=', ccn.id).execute(),
    ccn === undefined ? [] : translatedIn(db, ccn.id),
  ])
  return [...own, ...lines, ...members, ...translated, ...(ccn?.snatCidrs ?? [])]
}

async function translatedIn(db: Reader, ccnId: string): Promise<readonly Span[]> {
  const [snat, dnat, service] = await Promise.all([
    db.selectFrom('snat_entry').select('snat_ip as address').where('ccn_id', '=', ccnId).execute(),
    db.selectFrom('dnat_entry').select('external_ip as address').where('ccn_id', '=', ccnId).execute(),
    db
      .selectFrom('service_address')
      .innerJoin('instance', 'instance.id', 'service_address.instance_id')
      .select('service_address.address')
      .where('instance.ccn_id', '=', ccnId)
      .execute(),
  ])
  return [...snat, ...dnat, ...service].flatMap(({ address }) =>
    address === null ? [] : [{ first: address, last: address }],
  )
}
