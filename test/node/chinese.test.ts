// What the program says to a person whose locale is Chinese, and that programs read the same as ever.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { opensag, type Running, root, runOpensag, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'

const folder = mkdtempSync(join(tmpdir(), 'opensag-chinese-'))
const data = join(folder, 'data')
const none = { LC_ALL: '', LC_MESSAGES: '', LANG: '', LANGUAGE: '' }
const chinese = { ...none, LANG: 'zh_CN.UTF-8' }
const english = { ...none, LANG: 'en_US.UTF-8' }

const inChinese = (...args: readonly string[]): ReturnType<typeof opensag> =>
  opensag([...args], { environment: { ...chinese, OPENSAG_DATA: data } })
const inEnglish = (...args: readonly string[]): ReturnType<typeof opensag> =>
  opensag([...args], { environment: { ...english, OPENSAG_DATA: data } })

let sandbox: Running
let gateway: readonly string[]

beforeAll(async () => {
  sandbox = runOpensag(['sandbox'], { ...chinese, OPENSAG_DATA: data, OPENSAG_PORT: '0' })
  await sandbox.printed(/OpenSAG 沙箱已就绪。\n\n {2}Web 控制台 {9}http\S+\n {2}API 接入地址 {7}http\S+ {3}（?\(?地域/)
  const { output } = await inEnglish('rotate', '--all', '--dry-run', '--json')
  const [first] = JSON.parse(output) as readonly { readonly instanceId: string; readonly serial: string }[]
  gateway = [`SmartAGId=${first?.instanceId}`, `SmartAGSn=${first?.serial}`]
}, limit(60_000))
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the locale decides', () => {
  test.each([
    ['zh_CN.UTF-8', chinese, '用法： opensag'],
    ['C before all', { ...chinese, LC_ALL: 'C' }, 'Usage: opensag'],
    ['no locale', none, 'Usage: opensag'],
  ])('%s', async (_, environment, start) => {
    const { output } = await opensag(['--help'], { environment })
    expect(output.startsWith(start)).toBe(true)
  })
})

describe('a mistake in Chinese', () => {
  test.each([
    [['frob'], /^opensag 没有命令 "frob"。运行 "opensag --help" 查看用法。\n$/],
    [['server', '--prot', '1'], /^opensag server 没有选项 --prot。您是否想输入 --port？运行 "opensag server --help"/],
    [['backup'], /^缺少 --to <folder>：为备份新建的目录，不得已存在，其上级目录须存在。/],
    [['completion', 'tcsh'], /^<shell> 须为 bash, zsh, fish 之一，而非 "tcsh"。/],
    [['operator', 'device', 'list', 'x'], /^opensag operator device list 的参数为零个，而给出了 1 个。/],
    [
      ['parity', 'record', 'test/node/chinese.test.ts'],
      /^test\/node\/chinese\.test\.ts 第 1 行：调用须以操作名称开头。\n$/,
    ],
    [
      ['config', 'check', '--tls-cert', 'nowhere', '--heartbeat', '15'],
      /^--tls-cert 与 --tls-key 须同时给出：缺少 --tls-key。\n$/,
    ],
    [['server', '--heartbeat', '0'], /^--heartbeat 须为 1 至 600 的数，而非 "0"。\n$/],
    [['rotate'], /^没有选择网关。请给出 --region、/],
    [
      ['call', 'ModifySAGAdminPasword'],
      /^没有名为 "ModifySAGAdminPasword" 的操作。您是否想输入 ModifySAGAdminPassword？/,
    ],
  ])('%j', async (args, errors) => {
    expect(await inChinese(...args)).toMatchObject({ code: 2, errors: expect.stringMatching(errors) })
  })
})

/** The operations that set a password or the right to one, each with a secret on the command line. */
describe.each([
  ['ModifySAGAdminPassword', 'Password'],
  ['UpdateSmartAGEnterpriseCode', undefined],
  ['CreateSmartAccessGatewayClientUser', undefined],
  ['ModifySmartAccessGatewayClientUser', undefined],
] as const)('%s', (action, secret) => {
  test('has its help in Chinese', async () => {
    const { code, output } = await inChinese('call', action, '--help')
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/参数（\* 必填）：[\s\S]*错误码，按检查的先后排列/),
    })
    expect(output).not.toMatch(/(?<![\w./:<-])(the|and|is|of|for|with|Usage|Errors|Parameters)(?![\w./:>-])/)
  })

  test('tells a mistake in Chinese, and an error of the API as it is on the wire, with cause and cure in Chinese', async () => {
    const wrong = await inChinese('call', action, 'Nonsense=1')
    expect(wrong).toMatchObject({ code: 2, errors: expect.stringContaining(`${action} 没有参数 "Nonsense"。`) })
    if (secret !== undefined) {
      const { errors } = await inChinese('call', action, ...gateway, `${secret}=Visible1`)
      expect(errors).toMatch(/属于机密，而本机的每个用户都能读到命令行/)
    }
    const [refused, same] = await Promise.all([inChinese, inEnglish].map((ask) => ask('call', action)))
    expect(refused?.errors).toMatch(/^原因：.*[\u4e00-\u9fff].*\n处理：.*[\u4e00-\u9fff].*\n$/)
    expect(same?.errors).toMatch(/^Cause: .+\nWhat to do: .+\n$/)
    const body = (text = ''): object => ({ ...JSON.parse(text), RequestId: '', Recommend: '' })
    expect(body(refused?.output)).toEqual(body(same?.output))
  })
})

const hasTerminal = spawnSync('script', ['--version']).status === 0
test.skipIf(!hasTerminal)(
  hasTerminal ? 'a secret is asked for in Chinese' : 'a prompt (enable with: apt-get install -y bsdutils)',
  async () => {
    const command = ['call', 'ModifySAGAdminPassword', ...gateway, 'Password=@-'].join(' ')
    const line = `${process.execPath} packages/cli/bin/opensag.js ${command}`
    const { output } = await runToEnd('script', ['-qec', line, '/dev/null'], {
      input: 'Sag_password_1\r',
      environment: { ...chinese, OPENSAG_DATA: data },
      cwd: root,
    })
    expect(output).toMatch(/^Password：\r?$/m)
    expect(output).toContain('RequestId')
  },
  limit(30_000),
)

test(
  'what programs read is the same in each language',
  async () => {
    for (const args of [
      ['rotate', '--all', '--dry-run', '--json'],
      ['config', 'check', '--json'],
      ['call', 'DescribeRegions', '--query', 'Regions.Region[0].RegionId'],
      ['operator', 'device', 'list', '--json'],
      ['health'],
      ['--version'],
    ]) {
      const [one, other] = await Promise.all([inChinese(...args), inEnglish(...args)])
      expect(one).toEqual(other)
    }
  },
  limit(60_000),
)

test(
  'a backup is told in Chinese, and so is what a start and a running server refuse',
  async () => {
    const to = join(folder, 'backup')
    expect(await inChinese('backup', '--to', to)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/的备份位于 .*，已检查并落盘。\n {2}opensag\.db +\d+ 字节\n[\s\S]*机密。\n$/),
    })
    expect(await inChinese('backup', '--to', to)).toMatchObject({
      code: 1,
      errors: `${to} 已存在。备份绝不覆盖任何内容。\n`,
    })
    expect((await inChinese('verify', '--from', to)).output).toMatch(/^.* 中的备份完整：.*个尚未封印。\n$/)
    expect(await inChinese('server', '--port', '0')).toMatchObject({
      code: 1,
      errors: `${data} 正被另一个 OpenSAG 使用。请先停止它，或选择其他数据目录。\n`,
    })
    const [unknown, same] = await Promise.all(
      [inChinese, inEnglish].map((ask) => ask('operator', 'device', 'reenrol', 'sagnone')),
    )
    expect(unknown).toMatchObject({ code: 1, errors: '设备 sagnone 不在库存中。\n' })
    expect(same).toMatchObject({ code: 1, errors: 'The device sagnone is not in the inventory.\n' })
  },
  limit(60_000),
)

test(
  'a rotation is told in Chinese, and its evidence is the same text for everybody',
  async () => {
    const to = join(folder, 'rotation')
    const { code, output, errors } = await inChinese(
      'rotate',
      ...['--all', '--allow-unsupported', '--folder', to, '--evidence-key', join(folder, 'key.pem')],
      ...['--to-command', 'cat > /dev/null'],
    )
    expect({ code, errors }).toEqual({
      code: 0,
      errors: expect.stringMatching(/已创建为证据签名的密钥：[\s\S]*第 1 批：\d+ 个网关。/),
    })
    expect(output).toMatch(/\n已完成。\d+ 个已修改.*。\n证据 {4}/)
    const verify = ['rotate', 'verify', join(to, 'evidence.jsonl'), '--key', join(folder, 'key.pem.pub')]
    expect((await inChinese(...verify)).output).toMatch(/有效。\d+ 个已修改/)
    expect((await inEnglish(...verify)).output).toMatch(/Finished\.\nValid\. \d+ changed/)
    expect((await inEnglish(...verify, '--json')).output).not.toMatch(/[\u4e00-\u9fff]/)
  },
  limit(60_000),
)

describe('what a command did is said in Chinese', () => {
  test('a gateway that was added, with the commands to paste as they are', async () => {
    const branch = ['--name', 'zh', '--model', 'sag-1000', '--cidr', '10.66.0.0/24', '--serial', 'sagzh000001']
    const { code, output } = await inChinese('operator', 'gateway', 'add', ...branch)
    expect(code).toBe(0)
    expect(output).toMatch(/^实例 sag-\w+ 绑定了设备 sagzh000001。\n\n请在网关上运行以下命令；网关就是本机/)
    expect(output).toMatch(/\n\nopensag agent --server [\s\S]*\nKEY\n\n网关连接后，请在此设置其管理员密码。/)
    expect(output).toMatch(/\n\nopensag call ModifySAGAdminPassword --data \S+ SmartAGId=sag-\w+ [^\n]*=@-\n$/)
  })

  test('the first start of a server', async () => {
    const server = runOpensag(['server'], { ...chinese, OPENSAG_DATA: join(folder, 'first'), OPENSAG_PORT: '0' })
    await server.printed(/^OpenSAG 监听于 http\S+$/m)
    expect(server.output()).toMatch(
      /^首次启动。该密钥对仅显示一次：\n {2}账号 {15}\d{16}\n {2}AccessKey ID {7}\w+\n {2}AccessKey Secret {3}\w+\n/m,
    )
    expect(await server.stop()).toBe(0)
  })
})
