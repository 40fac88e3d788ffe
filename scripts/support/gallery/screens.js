// Every screen that pictures are taken of.

/** States of which each is looked at by somebody else: by who may do everything, only look, or nothing, and of a new account. */
const all = ['full', 'empty', 'viewer', 'forbidden']
const owned = ['full', 'viewer', 'forbidden']

/**
 * Each screen has its address, as a function of what the sandbox has; the states it is looked at in, `full` unless said; and
 * what is done on it first, for a dialog or what is typed. What is `low` is as high as the window: a dialog fills that.
 */
export const screens = [
  { name: 'logon', loggedOff: true },
  {
    name: 'logon-password',
    loggedOff: true,
    act: (page) =>
      page
        .locator('form')
        .locator('xpath=..')
        .getByRole('button', { name: /^(RAM user|RAM 用户)$/ })
        .click(),
  },
  { name: 'overview', address: () => '#/overview', states: all },
  { name: 'fleet-list', address: () => '#/fleet', states: all },
  { name: 'fleet-filtered', address: () => '#/fleet?q=state%3Aoffline' },
  { name: 'fleet-nothing-matches', address: () => '#/fleet?q=region%3Acn-nowhere' },
  { name: 'fleet-grouped', address: () => '#/fleet?group=network' },
  {
    name: 'fleet-selected',
    address: () => '#/fleet',
    act: chooseRows,
    undo: (page) => page.locator('.bulk button').last().click(),
    low: true,
  },
  { name: 'fleet-picture', address: () => '#/fleet?view=picture', states: all },
  { name: 'fleet-picture-reach', address: ({ networks }) => `#/fleet?view=picture&at=${networks['retail-east']}` },
  { name: 'fleet-picture-network', address: ({ networks }) => `#/fleet?view=picture&in=${networks['retail-east']}` },
  { name: 'fleet-map', address: () => '#/fleet?view=map', states: all },
  { name: 'instance-online', address: instance('Hangzhou-Binjiang'), states: owned },
  { name: 'instance-offline', address: instance('Ningbo-Port') },
  { name: 'instance-unsynchronised', address: instance('Suzhou-Industrial-Park') },
  { name: 'instance-pair', address: instance('demo-sag-1000-pair') },
  { name: 'instance-remote', address: instance('demo-remote-access') },
  { name: 'instance-missing', address: ({ region }) => `#/fleet/${region}/sag-missing` },
  {
    name: 'instance-password',
    address: instance('Hangzhou-Binjiang'),
    act: press(/^(Change password|修改密码)$/),
    low: true,
  },
  {
    name: 'instance-settings',
    address: instance('Hangzhou-Binjiang'),
    act: press(/^(Edit settings|编辑配置|修改配置)$/),
    low: true,
  },
  { name: 'branch-place', address: () => '#/branch', states: ['full', 'empty', 'forbidden'] },
  { name: 'branch-network', address: () => '#/branch', states: ['full', 'empty'], act: toNetwork },
  { name: 'branch-conflict', address: () => '#/branch', act: toConflict },
  { name: 'branch-waiting', address: ({ region, waiting }) => `#/branch/${region}/${waiting}` },
  { name: 'networks', address: () => '#/networks', states: all },
  {
    name: 'network',
    address: ({ networks, region }) => `#/networks/${region}/${networks['retail-east']}`,
    states: owned,
  },
  { name: 'remote', address: () => '#/remote', states: all },
  { name: 'remote-users', address: ({ region, remote }) => `#/remote/${region}/${remote}`, states: owned },
  { name: 'jobs', address: () => '#/jobs', states: all },
  { name: 'job-done', address: ({ jobs }) => `#/jobs/${jobs.done}` },
  { name: 'job-failed', address: ({ jobs }) => `#/jobs/${jobs.failed}` },
  { name: 'job-later', address: ({ jobs }) => `#/jobs/${jobs.later}` },
  { name: 'job-paused', address: ({ jobs }) => `#/jobs/${jobs.paused}` },
  { name: 'job-missing', address: () => '#/jobs/job-missing' },
  ...['restart', 'upgrade', 'synchronise', 'rotate', 'addToNetwork', 'tag'].map((kind) => ({
    name: `job-new-${kind.toLowerCase()}`,
    address: ({ idOf }) => `#/jobs/new?kind=${kind}&ids=${chosen.map(idOf).join(',')}`,
  })),
  { name: 'alerts-open', address: () => '#/alerts', states: all },
  { name: 'alerts-rules', address: () => '#/alerts/rules', states: all },
  { name: 'alerts-channels', address: () => '#/alerts/channels', states: all },
  { name: 'alerts-history', address: () => '#/alerts/history', states: ['full', 'empty'] },
  {
    name: 'alerts-new-rule',
    address: () => '#/alerts/rules',
    act: (page) => page.locator('.page-head .button.primary').click(),
    low: true,
  },
  {
    name: 'alerts-new-channel',
    address: () => '#/alerts/channels',
    act: (page) => page.locator('.page-head .button.primary').click(),
    low: true,
  },
  { name: 'access-users', address: () => '#/access/users', states: all },
  { name: 'access-groups', address: () => '#/access/groups', states: ['full', 'empty'] },
  { name: 'access-policies', address: () => '#/access/policies' },
  { name: 'access-roles', address: () => '#/access/roles', states: ['full', 'empty'] },
  { name: 'access-sessions', address: () => '#/access/sessions', states: ['full', 'forbidden'] },
  { name: 'access-keys', address: () => '#/access/keys', states: ['full', 'viewer'] },
  { name: 'access-test', address: () => '#/access/test' },
  { name: 'access-invite', address: () => '#/access/invite' },
  { name: 'access-user', address: () => '#/access/users/chen.jie', states: ['full', 'viewer'] },
  { name: 'access-group', address: () => '#/access/groups/night-shift' },
  { name: 'access-role', address: () => '#/access/roles/deployment' },
  { name: 'access-policy', address: () => '#/access/policies/Custom/read-the-fleet' },
  { name: 'access-policy-new', address: () => '#/access/policies/new' },
  { name: 'audit', address: () => '#/audit', states: all },
  { name: 'audit-opened', address: () => '#/audit', act: openRow },
  { name: 'audit-refused', address: () => '#/audit?view=refused' },
  { name: 'explorer', address: () => '#/explorer' },
  {
    name: 'explorer-operation',
    address: ({ region }) => `#/explorer/Smartag/ModifySmartAccessGateway?RegionId=${region}`,
  },
  { name: 'explorer-documentation', address: () => '#/explorer/documentation/Smartag/ModifySAGAdminPassword' },
  { name: 'explorer-errors', address: () => '#/explorer/errors' },
  { name: 'explorer-error', address: () => '#/explorer/errors/SmartAccessGatewayOffline' },
  { name: 'explorer-calls', address: () => '#/explorer/calls', states: ['full', 'empty'] },
  { name: 'outbox', address: () => '#/outbox', states: ['full', 'empty', 'forbidden'] },
  { name: 'missing', address: () => '#/nothing-of-this-name' },
  { name: 'palette', address: () => '#/overview', act: (page) => page.keyboard.press('Control+k'), low: true },
  { name: 'palette-found', address: () => '#/overview', act: search('hang'), low: true },
  { name: 'keys', address: () => '#/overview', act: (page) => page.keyboard.press('?'), low: true },
]

const chosen = ['Hangzhou-Binjiang', 'Hangzhou-Xihu', 'Nanjing-Xinjiekou', 'Ningbo-Port', 'demo-remote-access']

function instance(name) {
  return ({ idOf, region }) => `#/fleet/${region}/${idOf(name)}`
}

function press(name) {
  return (page) => page.locator('.main').getByRole('button', { name }).first().click()
}

async function chooseRows(page) {
  const boxes = page.locator('.main [role="row"] input[type="checkbox"], .main tr input[type="checkbox"]')
  await boxes.first().waitFor()
  for (const row of [1, 2, 4]) await boxes.nth(row).check()
}

async function toNetwork(page) {
  await page.locator('form input').first().fill('Wuhan-Hankou')
  await page.locator('form .choice', { hasText: 'vCPE' }).click()
  await page.locator('form button[type="submit"]').click()
  await page.locator('#where-belongs').waitFor()
}

/** A block that another branch has. */
async function toConflict(page) {
  if ((await page.locator('#where-belongs').count()) === 0) await toNetwork(page)
  const cards = page.locator('form .choice', { hasText: 'retail-east' })
  if ((await cards.count()) > 0) await cards.locator('input').check()
  await page.locator('form').getByRole('textbox').last().fill('10.16.0.0/24')
}

async function openRow(page) {
  await page.locator('li[data-event] button.what').nth(3).click()
}

function search(words) {
  return async (page) => {
    await page.keyboard.press('Control+k')
    await page.locator('dialog.palette input').fill(words)
    await page.locator('dialog.palette [role="option"]').first().waitFor()
  }
}
