// What makes the screens of a sandbox worth a look: branches in several networks, some in trouble, people with different
// rights, remote users, rules that fire, jobs in every phase, and a history of changes.
import { callerWith, operatorOn } from '../fill-sandbox.js'
import { addPeople } from './people.js'
import { addRemoteUsers } from './remote-users.js'
import { until } from './until.js'

/** Each with a /12 of its own: what is in the second byte of its branches' addresses. */
const networkBases = { 'retail-east': 16, 'retail-south': 32, offices: 48 }

/** Name, place, network, model. */
const branches = [
  ['Hangzhou-Binjiang', 'Hangzhou', 'retail-east', 'sag-1000'],
  ['Hangzhou-Xihu', 'Hangzhou', 'retail-east', 'sag-100wm'],
  ['Suzhou-Industrial-Park', 'Suzhou', 'retail-east', 'sag-1000'],
  ['Ningbo-Port', 'Ningbo', 'retail-east', 'SCG5000'],
  ['Nanjing-Xinjiekou', 'Nanjing', 'retail-east', 'sag-1000'],
  ['Shanghai-Pudong-warehouse-and-returns', 'Shanghai', 'retail-east', 'sag-1000'],
  ['Shenzhen-Nanshan', 'Shenzhen', 'retail-south', 'SCG5000'],
  ['Guangzhou-Tianhe', 'Guangzhou', 'retail-south', 'sag-1000'],
  ['Chengdu-Gaoxin', 'Chengdu', 'retail-south', 'sag-100wm'],
  ['Wuhan-Optics-Valley', 'Wuhan', 'retail-south', 'sag-1000'],
  ['Frankfurt-Office', 'Frankfurt', 'offices', 'SCG5000-5G'],
  ['Lisbon-Baixa', 'Lisbon', 'offices', 'sag-1000'],
  ['Sao-Paulo-Paulista', 'São Paulo', 'offices', 'sag-1000'],
]
const down = ['Ningbo-Port', 'Guangzhou-Tianhe', 'Lisbon-Baixa']

/**
 * Fills a sandbox that has just started.
 *
 * @returns the keys of people, by what they may do, and what the addresses of screens are made of
 */
export async function fillForPictures(sandbox) {
  const call = callerWith(sandbox)
  const operator = (...args) => operatorOn(sandbox.data, args)

  const networks = await addNetworks(call)
  const serialOf = (name) =>
    `sag${String(branches.findIndex(([one]) => one === name)).padStart(2, '0')}${name.slice(0, 4).toLowerCase()}`
  for (const branch of branches) await addBranch(call, operator, { branch, networks, serial: serialOf(branch[0]) })
  const { Instances: rows } = await call('opensag', 'ListFleet')
  const instances = new Map(rows.map((one) => [one.Name, one.SmartAGId]))
  const idOf = (name) => instances.get(name)
  await addTags(call, idOf)
  await addAlertRules(call, idOf)
  const people = await addPeople(sandbox, call, operator)
  const remote = idOf('demo-remote-access')
  await addRemoteUsers(sandbox, call, remote)

  const devices = () => operator('device', 'list')
  await until('every branch is online', async () => {
    const online = new Set(devices().flatMap((one) => (one.online ? [one.instanceId] : [])))
    return branches.every(([name]) => online.has(idOf(name))) || undefined
  })
  operator('device', 'edit', serialOf('Suzhou-Industrial-Park'), '--set', 'hostname=changed-on-site')
  const jobs = await addJobs(call, operator, idOf)
  for (const name of down) operator('device', 'power', serialOf(name), 'off')
  operator('billing', 'overdue', idOf('Wuhan-Optics-Valley'))
  // Its box has never come.
  const waiting = await order(call, 'Wuhan-Hongshan-kiosk', 'sag-vcpe')
  await until('the offline rule has fired', async () => {
    const { Alerts } = await call('opensag', 'ListAlerts', { State: 'Live' })
    return Alerts.length >= down.length || undefined
  })
  return { people, places: { networks, idOf, remote, jobs, waiting, region: sandbox.regionId } }
}

async function addNetworks(call) {
  const made = {}
  for (const [Name, base] of Object.entries(networkBases)) {
    const network = { Name, CidrBlock: `10.${base}.0.0/12`, SnatCidrBlock: `10.${base + 15}.255.0/24` }
    made[Name] = (await call('smartag', 'CreateCloudConnectNetwork', network)).CcnId
  }
  return made
}

async function addTags(call, idOf) {
  const tags = {
    'Ningbo-Port': { site: 'Ningbo', critical: '', contact: 'Chen Jie', phone: '+86 574 5550 0142' },
    'Hangzhou-Binjiang': { site: 'Hangzhou', env: 'prod' },
    'Hangzhou-Xihu': { site: 'Hangzhou', env: 'test' },
    'Lisbon-Baixa': { site: 'Lisbon', contact: 'Marta Sousa', phone: '+351 21 555 0142' },
    'Frankfurt-Office': { site: 'Frankfurt', env: 'prod', 'cost-centre': '4711' },
  }
  for (const [name, pairs] of Object.entries(tags)) {
    const params = Object.entries(pairs).flatMap(([key, value], index) => [
      [`Tag.${index + 1}.Key`, key],
      [`Tag.${index + 1}.Value`, value],
    ])
    await call('opensag', 'TagGateway', { SmartAGId: idOf(name), ...Object.fromEntries(params) })
  }
}

async function addAlertRules(call, idOf) {
  const channel = async (params) => (await call('opensag', 'CreateAlertChannel', params)).AlertChannelId
  const noc = await channel({ Name: 'Network operations', Kind: 'Mail', Address: 'noc@example.com' })
  const night = await channel({ Name: '夜班', Kind: 'Mail', Address: 'night@example.com', Language: 'zh' })
  const rule = (Name, params) => call('opensag', 'CreateAlertRule', { Name, 'ChannelIds.1': noc, ...params })
  await rule('Any branch is gone', { Kind: 'GatewayOffline', Minutes: 0, RepeatMinutes: 60 })
  const quiet = { QuietFrom: '22:00', QuietTo: '06:00', QuietOffset: '+08:00' }
  await rule('Settings not taken', { Kind: 'Unsynchronized', Minutes: 0, ...quiet, 'ChannelIds.2': night })
  await rule('Ningbo and Lisbon', {
    Kind: 'SecurityEvent',
    SmartAGIds: `${idOf('Ningbo-Port')},${idOf('Lisbon-Baixa')}`,
  })
  await rule('Subscriptions that end', { Kind: 'SubscriptionEnding', Days: 30, Enabled: false })
  await call('opensag', 'TestAlertChannel', { AlertChannelId: noc })
}

/** One that is done, one that stopped because it failed, one for later, one that waits for its window, one paused. */
async function addJobs(call, operator, idOf) {
  operator('firmware', 'add', '--model', 'sag-1000', '--version', '2.4.0.0')
  const create = async (Kind, names, params = {}) => {
    const SmartAGIds = names.map(idOf).join(',')
    return (await call('opensag', 'CreateJob', { Kind, SmartAGIds, ...params })).JobId
  }
  const ended = (JobId) =>
    until(`job ${JobId} has ended`, async () => (await call('opensag', 'DescribeJob', { JobId })).EndTime)
  const east = branches.filter(([, , network]) => network === 'retail-east').map(([name]) => name)
  const done = await create('Synchronize', ['Hangzhou-Binjiang', 'Hangzhou-Xihu', 'Nanjing-Xinjiekou'])
  await ended(done)
  const failed = await create('Upgrade', ['Hangzhou-Xihu', ...east.slice(2)], { VersionCode: '2.4.0.0' })
  await ended(failed)
  const night = { WindowStart: '02:00', WindowEnd: '05:00', UtcOffset: '+08:00' }
  const later = await create('Restart', east, { StartAt: '2099-01-01T18:00:00Z', ...night })
  const paused = await create('Restart', branches.map(([name]) => name).slice(6), { StartAt: '2099-01-01T18:00:00Z' })
  await call('opensag', 'PauseJob', { JobId: paused })
  return { done, failed, later, paused }
}

/** An order that is paid, with nothing optional. */
async function order(call, Name, HardWareSpec) {
  const HaType = HardWareSpec === 'sag-vcpe' ? 'warm_backup' : 'no_backup'
  const terms = { HaType, MaxBandWidth: 20, ChargeType: 'PREPAY', Period: 12 }
  const buyer = { ReceiverName: 'Demo', ReceiverCountry: 'China', ReceiverState: 'Hubei', ReceiverCity: 'Wuhan' }
  const address = { ReceiverDistrict: 'Hongshan', ReceiverTown: 'Guandong', ReceiverAddress: '1 Example Road' }
  const contact = { ReceiverZip: '430000', ReceiverMobile: '13000000000', ReceiverEmail: 'demo@example.com' }
  const paid = { AutoPay: true, AlreadyHaveSag: true, BuyerMessage: 'demo' }
  const params = { Name, HardWareSpec, ...terms, ...buyer, ...address, ...contact, ...paid }
  return (await call('smartag', 'CreateSmartAccessGateway', params)).SmartAGId
}

async function addBranch(call, operator, { branch: [name, Position, network, model], networks, serial }) {
  const version = model.startsWith('SCG') ? '3.4.2.0' : '2.3.1.1'
  operator('device', 'add', '--serial', serial, '--model', model, '--version', version)
  const SmartAGId = await order(call, name, model === 'sag-100wm' ? model : 'sag-1000')
  const smartag = (action, params) => call('smartag', action, { SmartAGId, ...params })
  await smartag('BindSerialNumber', { SerialNumber: serial })
  await smartag('ActivateSmartAccessGateway')
  const CidrBlock = `10.${networkBases[network]}.${branches.findIndex(([one]) => one === name)}.0/24`
  await smartag('ModifySmartAccessGateway', { CidrBlock, Position })
  await smartag('BindSmartAccessGateway', { CcnId: networks[network] })
}
