import { texts } from '../app/texts.ts'

/** What only jobs of new passwords say. */
export const passwordTexts = texts(
  {
    recipient: 'Who can read the new passwords',
    recipientHint:
      'Public keys of age, one or more. Passwords are made and encrypted in this page, and you get the file before the job is created. The server holds each one sealed until its gateway is proven. Make a key with age-keygen.',
    badRecipient: 'This is no public key of age: it begins with age1.',
    noRecipient: 'Say who can read them.',
    plain: 'Save the list without encryption',
    plainWarning: 'Everybody who can read the file has the passwords of all these gateways.',
    inNetworks: (gateways: string, count: number, text: string) =>
      count === 0 ? gateways : count === 1 ? `${gateways} of 1 network` : `${gateways} of ${text} networks`,
    stops: (most: number, text: string) =>
      most === 0
        ? 'It stops by itself at the first failure; that gateway keeps its old password.'
        : `It stops by itself when more than ${text} fail; those keep their old password.`,
    sealed: 'The encrypted list is saved first. Only the holders of its keys can read it.',
    unsealed: 'The list is saved first, without encryption.',
    typeNumber: 'Type the number of gateways to go on',
    change: (count: number, text: string) => (count === 1 ? 'Change 1 password' : `Change ${text} passwords`),
    created: 'The job is created. Check that the list of passwords is where it should be.',
    marks: 'Answered · old refused · new opens',
    proofs: {
      answered: 'the gateway answered',
      oldRefused: 'the old password is refused',
      newOpens: 'the new one opens',
    },
    states: { yes: 'Yes', no: 'No', open: 'Not begun', unknown: 'Not known' },
    failed: {
      SmartAccessGatewayNotOnline: 'It did not answer in time. It keeps its old password.',
      SmartAccessGatewayOffline: 'It did not answer in time. It keeps its old password.',
      PasswordKept: 'It did not take the new password. It keeps its old one.',
      ConfigUnsynchronized: 'Its settings are not synchronised: nothing was sent, it keeps its old password.',
      ResourceInOperating: 'Other changes of its password were before this one: it keeps its old password.',
      PasswordUnreadable: 'Its sealed password did not open. Nothing was sent, it keeps its old password.',
      NotAnswered: 'The server stopped in the middle. It has the old or the new password: try both.',
      ServerRestored:
        'The server was restored from a backup in the middle. It has the old or the new password: try both.',
    },
    result: 'Result',
    inForce: (count: string, all: string) => `${count} of ${all} new passwords are in force.`,
    held: (count: string) =>
      `The server holds ${count}, each sealed until its gateway is proven, and none for longer than 7 days.`,
    heldNone: 'The server holds none of them any more.',
    inFile:
      'All of them are in the list that was saved before the start; which are in force is said here and in the evidence.',
    saveAgain: 'Save the list again',
    saveAgainHint: 'This tab still has it. When it is closed only your file is left.',
    evidence: 'Evidence (CSV)',
    evidenceHint: 'Names, serial numbers, times, outcomes and proof, without a secret.',
    again: (count: string) => `Again for the ${count} that failed`,
  },
  {
    recipient: '谁可以读取新密码',
    recipientHint:
      '一个或多个 age 公钥。密码在本页面内生成并加密，文件在创建任务前交给你保存。服务器将每个密码密封保存，网关得到确认后即删除。密钥可用 age-keygen 生成。',
    badRecipient: '不是 age 公钥：应以 age1 开头。',
    noRecipient: '填写谁可以读取。',
    plain: '保存未加密的列表',
    plainWarning: '任何能读取该文件的人都会得到这些网关的全部密码。',
    inNetworks: (gateways, count, text) => (count === 0 ? gateways : `${text} 个云连接网中的 ${gateways}`),
    stops: (most, text) =>
      most === 0
        ? '出现第一个失败时自动停止，该网关保留旧密码。'
        : `失败超过 ${text} 台时自动停止，失败的网关保留旧密码。`,
    sealed: '先保存加密的列表，只有持有密钥者可以读取。',
    unsealed: '先保存未加密的列表。',
    typeNumber: '输入网关数量以继续',
    change: (_count, text) => `修改 ${text} 个密码`,
    created: '任务已创建。请确认密码列表已保存。',
    marks: '已应答 · 旧密码被拒绝 · 新密码可用',
    proofs: { answered: '网关已应答', oldRefused: '旧密码被拒绝', newOpens: '新密码可用' },
    states: { yes: '是', no: '否', open: '未开始', unknown: '未知' },
    failed: {
      SmartAccessGatewayNotOnline: '未在限定时间内应答，保留旧密码。',
      SmartAccessGatewayOffline: '未在限定时间内应答，保留旧密码。',
      PasswordKept: '未接受新密码，保留旧密码。',
      ConfigUnsynchronized: '配置未同步：未下发，保留旧密码。',
      ResourceInOperating: '该网关的其他密码修改排在前面，保留旧密码。',
      PasswordUnreadable: '密封的密码无法打开，未下发，保留旧密码。',
      NotAnswered: '服务器中途停止。当前密码可能是旧的或新的，两个都试一下。',
      ServerRestored: '执行中服务器从备份恢复。当前密码可能是旧的或新的，两个都试一下。',
    },
    result: '结果',
    inForce: (count, all) => `${all} 个新密码中 ${count} 个已生效。`,
    held: (count) => `服务器还保存 ${count} 个，均已密封，网关得到确认后删除，最长 7 天。`,
    heldNone: '服务器已不保存其中任何一个。',
    inFile: '全部密码都在开始前保存的列表中；哪些已生效见本页和结果记录。',
    saveAgain: '再次保存列表',
    saveAgainHint: '仅本标签页还保留；关闭后只剩你保存的文件。',
    evidence: '结果记录（CSV）',
    evidenceHint: '名称、序列号、时间、结果和确认情况，不含密码。',
    again: (count) => `对失败的 ${count} 台重新执行`,
  },
)
