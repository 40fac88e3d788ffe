import { aToD } from './by-code/a-d.ts'
import { ccn } from './by-code/ccn.ts'
import { clientUser } from './by-code/client-user.ts'
import { deleteConflict } from './by-code/delete-conflict.ts'
import { eToH } from './by-code/e-h.ts'
import { entity } from './by-code/entity.ts'
import { forbidden } from './by-code/forbidden.ts'
import { iToL } from './by-code/i-l.ts'
import { invalid } from './by-code/invalid.ts'
import { invalidAlert } from './by-code/invalid-alert.ts'
import { invalidParameter } from './by-code/invalid-parameter.ts'
import { invalidSecurity } from './by-code/invalid-security.ts'
import { limitExceeded } from './by-code/limit-exceeded.ts'
import { mToR } from './by-code/m-r.ts'
import { missParameter } from './by-code/miss-parameter.ts'
import { missing } from './by-code/missing.ts'
import { qos } from './by-code/qos.ts'
import { request } from './by-code/request.ts'
import { sToT } from './by-code/s-t.ts'
import { sag } from './by-code/sag.ts'
import { sagCidr } from './by-code/sag-cidr.ts'
import { sagInvalid } from './by-code/sag-invalid.ts'
import { sagSoftware } from './by-code/sag-software.ts'
import { smartAccessGateway } from './by-code/smart-access-gateway.ts'
import { uToZ } from './by-code/u-z.ts'
import type { CodeExplanation, Explanation, Explanations } from './explanation.ts'
import { fileIn } from './file-in.ts'

/** What lies in `by-code`: by the name of the file, the codes it explains. */
export const files: Readonly<Record<string, Explanations>> = {
  'a-d': aToD,
  ccn,
  'client-user': clientUser,
  'delete-conflict': deleteConflict,
  'e-h': eToH,
  entity,
  forbidden,
  'i-l': iToL,
  invalid,
  'invalid-alert': invalidAlert,
  'invalid-security': invalidSecurity,
  'invalid-parameter': invalidParameter,
  'limit-exceeded': limitExceeded,
  'm-r': mToR,
  'miss-parameter': missParameter,
  missing,
  qos,
  request,
  's-t': sToT,
  sag,
  'sag-cidr': sagCidr,
  'sag-invalid': sagInvalid,
  'sag-software': sagSoftware,
  'smart-access-gateway': smartAccessGateway,
  'u-z': uToZ,
}

/** Of every code that is answered; of those of the front door with a parameter's name in them, under their pattern. */
export const explanations: ReadonlyMap<string, CodeExplanation> = new Map(
  Object.values(files).flatMap((explained) => Object.entries(explained)),
)

/** What a code means when this operation answers it; without one, when the front door does. */
export function explanationOf(code: string, operation?: string): Explanation | undefined {
  const found = explanations.get(code)
  const special = found?.in
  return operation !== undefined && special !== undefined && Object.hasOwn(special, operation)
    ? special[operation]
    : found
}

/** The same for a code as it was answered: what the front door says of a parameter has the name of that in it. */
export function explanationOfAnswer(code: string, operation: string): Explanation | undefined {
  return explanationOf(code, operation) ?? explanationOf(code.replace(/^(Missing|Invalid)[A-Z]\w*$/, '$1{Name}'))
}

/** The file in which a code has its explanation, from the root of the repository. */
export function fileOf(code: string): string {
  return `packages/server/src/explanations/by-code/${fileIn(Object.keys(files), code)}.ts`
}
