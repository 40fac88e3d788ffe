import { direct, integerField, longField, objectField, stringField } from '../../../declare/index.ts'
import { countsOf, type DiagnosisItem, diagnosisState, itemsOf, levelOf } from '../../../model/diagnosis.ts'
import { operation } from '../../operation.ts'
import { ownerParams, smartAgId, smartAgSn } from '../common-params.ts'
import { diagnosedDevice, diagnosisErrors, diagnosisRegion } from './diagnosed-device.ts'

const inLanguage = {
  ItemName: stringField,
  ItemType: stringField,
  ItemLevel: stringField,
  Details: direct(stringField),
  Advice: direct(stringField),
} as const
const counts = { Error: integerField, Warning: integerField, Info: integerField, Total: integerField } as const

export const discribeSmartAccessGatewayDiagnosisReport = operation({
  name: 'DiscribeSmartAccessGatewayDiagnosisReport',
  family: 'probe-diagnosis',
  about: {
    en: 'Show what the last diagnosis of a device found. `State` is `running` for a minute at most, then `finished`, or `failed` when the device did not answer. A device that was never diagnosed has no result.',
    zh: '查询设备最近一次诊断的结果。`State` 最多 `running` 一分钟，然后为 `finished`；设备没有应答时为 `failed`。从未诊断的设备没有结果。',
  },
  source: 'Smartag 2018-03-13, DiscribeSmartAccessGatewayDiagnosisReport',
  access: {
    action: 'smartag:DiscribeSmartAccessGatewayDiagnosisReport',
    level: 'Read',
    printed: 'get',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'read',

  params: {
    RegionId: diagnosisRegion,
    SmartAGId: smartAgId.required(),
    SmartAGSn: smartAgSn.required(),
    ...ownerParams,
  },

  errors: diagnosisErrors,

  result: {
    DiagnoseResult: objectField({
      DiagnoseId: stringField,
      InstanceId: stringField,
      SN: stringField,
      UId: stringField,
      BoxType: stringField,
      BoxVersion: stringField,
      MonitorVersion: stringField,
      State: stringField,
      StartTime: integerField,
      EndTime: integerField,
      Percent: integerField,
      TotalNumber: integerField,
      FinishedNumber: integerField,
      ReportSLSSuccess: integerField,
      StoreType: stringField,
      UserLevel: stringField,
      Level: objectField({ Total: stringField, Configuration: stringField, Biz: stringField }),
      Statistics: objectField(counts),
      Details: direct({
        Type: stringField,
        Statistics: objectField(counts),
        Items: direct({
          ItemName: stringField,
          Type: stringField,
          Level: stringField,
          StartTime: longField,
          EndTime: longField,
          CN: objectField(inLanguage),
          EN: objectField(inLanguage),
        }),
      }),
    }),
  },

  async run(context, params) {
    const { fleet, diagnoses, circumstances } = context
    const { instance, device } = await diagnosedDevice(context, params)
    const stored = await diagnoses.of(device.serial)
    if (stored === undefined) return {}
    const { id, askedAt, told } = stored
    const state = diagnosisState(stored, circumstances.at)
    const about = {
      DiagnoseId: id,
      InstanceId: instance.id,
      SN: device.serial,
      UId: instance.accountId,
      BoxType: device.model,
      BoxVersion: device.version,
      State: state,
      StartTime: seconds(askedAt),
    }
    if (told === undefined) return { DiagnoseResult: { ...about, Percent: 0, FinishedNumber: 0 } }

    const items = itemsOf(told, device, await fleet.firmware(device.model))
    const of = (type: 'config' | 'biz') => items.filter(({ check }) => check.type === type)
    const [config, biz] = [of('config'), of('biz')]
    return {
      DiagnoseResult: {
        ...about,
        EndTime: seconds(told.at),
        Percent: 100,
        TotalNumber: items.length,
        FinishedNumber: items.length,
        Level: { Total: levelOf(items), Configuration: levelOf(config), Biz: levelOf(biz) },
        Statistics: countsOf(items),
        Details: [
          { Type: 'config', Statistics: countsOf(config), Items: config.map(shown) },
          { Type: 'biz', Statistics: countsOf(biz), Items: biz.map(shown) },
        ],
      },
    }
  },
})

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

const words = {
  en: { config: 'Config', biz: 'Biz', info: 'INFO', warning: 'WARNING', error: 'ERROR' },
  zh: { config: '配置', biz: '业务', info: '正常', warning: '警告', error: '异常' },
} as const

function shown(item: DiagnosisItem) {
  const { name, check, words, startedAt, endedAt } = item
  return {
    ItemName: name,
    Type: check.type,
    Level: words.level,
    StartTime: startedAt,
    EndTime: endedAt,
    CN: inWords(item, 'zh'),
    EN: inWords(item, 'en'),
  }
}

function inWords({ check, words: found, values }: DiagnosisItem, language: 'en' | 'zh') {
  const seen = values.filter((value) => value !== '').join(language === 'zh' ? '、' : ', ')
  return {
    ItemName: check.name[language],
    ItemType: words[language][check.type],
    ItemLevel: words[language][found.level],
    Details: [found.text[language].replace('{}', seen)],
    Advice: found.advice === undefined ? [] : [found.advice[language]],
  }
}
