import { RamTags } from '../../access/tags.ts'
import { compiledRow } from '../../compiled-query.ts'
import type { Reader } from '../../store.ts'
import { type Fields, Found, factsColumn, type IdentityColumns } from './found.ts'
import type { FactsKey } from './subject.ts'

interface Named {
  readonly accountId: string
  readonly name: string
}

const named: IdentityColumns = { id: 'id', name: 'name', accountId: 'account_id' }

// Of users and groups two queries: by the name a call has, and by id afterwards, when the name may be another one.

const userFields: Fields = {
  Name: 'name',
  DisplayName: 'display_name',
  MobilePhone: 'mobile_phone',
  Email: 'email',
  Comments: 'comments',
}
const users = (db: Reader) => db.selectFrom('ram_user').select(factsColumn(db, named, userFields).as('facts'))
const userByName = compiledRow((db: Reader, given: Named) =>
  users(db).where('account_id', '=', given.accountId).where('name', '=', given.name),
)
const userById = compiledRow((db: Reader, given: { id: string }) => users(db).where('id', '=', given.id))

const groupFields: Fields = { Name: 'name', Comments: 'comments' }
const groups = (db: Reader) => db.selectFrom('ram_group').select(factsColumn(db, named, groupFields).as('facts'))
const groupByName = compiledRow((db: Reader, given: Named) =>
  groups(db).where('account_id', '=', given.accountId).where('name', '=', given.name),
)
const groupById = compiledRow((db: Reader, given: { id: string }) => groups(db).where('id', '=', given.id))

const roleFields: Fields = {
  Description: 'description',
  AssumeRolePolicyDocument: 'trust_policy',
  MaxSessionDuration: 'max_session_duration',
}
const roleByName = compiledRow((db: Reader, given: Named) =>
  db
    .selectFrom('ram_role')
    .select(factsColumn(db, named, roleFields).as('facts'))
    .where('account_id', '=', given.accountId)
    .where('name', '=', given.name),
)

const policyFields: Fields = {
  Description: 'ram_policy.description',
  DefaultVersion: 'ram_policy_version.version',
  NewestVersion: 'ram_policy.last_version',
}
const policyByName = compiledRow((db: Reader, given: Named) =>
  db
    .selectFrom('ram_policy')
    .leftJoin('ram_policy_version', (join) =>
      join.onRef('policy_id', '=', 'id').on('ram_policy_version.is_default', '=', 1),
    )
    .select(
      factsColumn(
        db,
        { id: 'ram_policy.id', name: 'ram_policy.name', accountId: 'ram_policy.account_id' },
        policyFields,
      ).as('facts'),
    )
    .where('account_id', '=', given.accountId)
    .where('name', '=', given.name),
)

const keyFields: Fields = { Status: 'status', UserId: 'user_id' }
const keyById = compiledRow((db: Reader, given: { id: string; accountId: string }) =>
  db
    .selectFrom('access_key')
    .select(factsColumn(db, { id: 'id', name: null, accountId: 'account_id' }, keyFields).as('facts'))
    .where('id', '=', given.id)
    .where('account_id', '=', given.accountId),
)

const profileFields: Fields = {
  PasswordResetRequired: 'ram_login_profile.password_reset_required',
  MFABindRequired: 'ram_login_profile.mfa_bind_required',
}
const profileOf = compiledRow((db: Reader, given: Named) =>
  db
    .selectFrom('ram_login_profile')
    .innerJoin('ram_user', 'ram_user.id', 'ram_login_profile.user_id')
    .select(
      factsColumn(db, { id: 'ram_user.id', name: 'ram_user.name', accountId: 'ram_user.account_id' }, profileFields).as(
        'facts',
      ),
    )
    .where('account_id', '=', given.accountId)
    .where('name', '=', given.name),
)

const securityKeyFields: Fields = { Name: 'name', UserId: 'user_id', Host: 'rp_id' }
const securityKeyById = compiledRow((db: Reader, given: { id: string; accountId: string }) =>
  db
    .selectFrom('ram_security_key')
    .select(factsColumn(db, named, securityKeyFields).as('facts'))
    .where('id', '=', given.id)
    .where('account_id', '=', given.accountId),
)

const accountFields: Fields = { AccountAlias: 'alias' }
const accountById = compiledRow((db: Reader, given: { id: string }) =>
  db
    .selectFrom('account')
    .select(factsColumn(db, { id: 'id', name: 'name', accountId: 'id' }, accountFields).as('facts'))
    .where('id', '=', given.id),
)

export async function userFacts(db: Reader, key: FactsKey): Promise<Found | undefined> {
  const row = await (key.isId ? userById(db, { id: key.key }) : userByName(db, nameOf(key)))
  if (row === undefined) return undefined
  let found = new Found(userFields, row.facts)
  if (key.lists?.includes('groups')) found = found.withList('Groups', await groupsOf(db, found))
  return withPolicies(db, key, found, 'user')
}

export async function groupFacts(db: Reader, key: FactsKey): Promise<Found | undefined> {
  const row = await (key.isId ? groupById(db, { id: key.key }) : groupByName(db, nameOf(key)))
  return row && withPolicies(db, key, new Found(groupFields, row.facts), 'group')
}

export async function roleFacts(db: Reader, key: FactsKey): Promise<Found | undefined> {
  const row = await roleByName(db, nameOf(key))
  return row && withPolicies(db, key, await withTags(db, key, new Found(roleFields, row.facts), 'role'), 'role')
}

export async function policyFacts(db: Reader, key: FactsKey): Promise<Found | undefined> {
  const row = await policyByName(db, nameOf(key))
  return row && withTags(db, key, new Found(policyFields, row.facts), 'policy')
}

export async function accessKeyFacts(db: Reader, { key, accountId }: FactsKey): Promise<Found | undefined> {
  const row = await keyById(db, { id: key, accountId })
  return row && new Found(keyFields, row.facts)
}

export async function loginProfileFacts(db: Reader, key: FactsKey): Promise<Found | undefined> {
  const row = await profileOf(db, nameOf(key))
  return row && new Found(profileFields, row.facts)
}

export async function securityKeyFacts(db: Reader, { key, accountId }: FactsKey): Promise<Found | undefined> {
  const row = await securityKeyById(db, { id: key, accountId })
  return row && new Found(securityKeyFields, row.facts)
}

export async function accountFacts(db: Reader, { key }: FactsKey): Promise<Found | undefined> {
  const row = await accountById(db, { id: key })
  return row && new Found(accountFields, row.facts)
}

function nameOf({ accountId, key }: FactsKey): Named {
  return { accountId, name: key }
}

async function groupsOf(db: Reader, found: Found): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('ram_group_member')
    .innerJoin('ram_group', 'ram_group.id', 'ram_group_member.group_id')
    .select('ram_group.name')
    .where('ram_group_member.user_id', '=', found.identity().id)
    .orderBy('ram_group.name')
    .execute()
  return rows.map(({ name }) => name)
}

async function withTags(
  db: Reader,
  { lists, accountId, key }: FactsKey,
  found: Found,
  type: 'role' | 'policy',
): Promise<Found> {
  if (!lists?.includes('tags')) return found
  const tags = (await new RamTags(db).of(accountId, type, [key])).get(key) ?? []
  return found.withList(
    'Tags',
    tags.map((tag) => `${tag.key}=${tag.value}`),
  )
}

async function withPolicies(
  db: Reader,
  { lists }: FactsKey,
  found: Found,
  target: 'user' | 'group' | 'role',
): Promise<Found> {
  if (!lists?.includes('policies')) return found
  const rows = await db
    .selectFrom('ram_attachment')
    .select(['policy_type', 'policy_name'])
    .where('target_kind', '=', target)
    .where('target_id', '=', found.identity().id)
    .orderBy('policy_type')
    .orderBy('policy_name')
    .execute()
  return found.withList(
    'Policies',
    rows.map(({ policy_type, policy_name }) => `${policy_type}:${policy_name}`),
  )
}
