/**
 * Texts that are English where they are written, because they are also logged, recorded, sent over a socket or part of JSON, and
 * translated where a person reads them. The first one that fits counts; a value named `why` is translated as well.
 */
export const written: Readonly<Record<string, string>> = {
  // opensag parity: part of a recording, or of the report as JSON.
  'the run was stopped, or its time was up': '运行已被停止，或时间已到',
  'the service did not answer': '服务没有应答',
  'in the recording: {why}': '录制中：{why}',
  'no answer within {seconds} s': '{seconds} 秒内没有应答',
  'the variable {name} is not set': '变量 {name} 未设置',
  'no earlier answer had a value for {name}': '前面没有应答给出 {name} 的值',
  '{list} has elements on one side only': '{list} 仅一方有元素',
  present: '有',
  absent: '无',
  // A file that is not JSON.
  'is not valid JSON: it ends too early': '不是有效的 JSON：过早结束',
  'is not valid JSON': '不是有效的 JSON',
  'is not valid JSON: see line {line}, column {column}': '不是有效的 JSON：见第 {line} 行第 {column} 列',
}
